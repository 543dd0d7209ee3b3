package dev.tierwise.verify;

import dev.tierwise.core.reply.Reply;

/// Finds answers that refuse: at their beginning, in six languages. That a refusal may be right is
/// not for this check to say; a stronger model can refuse as well.
final class Refusal {
    static final String NAME = "refusal";

    /// Refusals come at once, after at most an apology.
    private static final int BEGINNING = 200;

    /// Longer answers mostly go on to help.
    private static final int SHORT = 800;

    private static final String[] PHRASES = {
        "i can't help",
        "i cannot help",
        "i can't assist",
        "i cannot assist",
        "i'm unable to",
        "i am unable to",
        "i'm not able to",
        "i am not able to",
        "i can't provide",
        "i cannot provide",
        "i can't fulfill",
        "i cannot fulfill",
        "i can't answer",
        "i cannot answer",
        "i can't comply",
        "i cannot comply",
        "i can't do that",
        "i must decline",
        "i won't be able to",
        "i can't access",
        "i cannot access",
        "i don't have access to",
        "i do not have access to",
        "i don't have the ability",
        "i do not have the ability",
        "as an ai language model, i",
        "as an ai, i ",
        "sorry, but i can't",
        "sorry, but i cannot",
        "sorry, i can't",
        "sorry, i cannot",
        "i don't know the answer",
        "no puedo ayudar",
        "no puedo proporcionar",
        "no puedo responder",
        "lo siento, pero no",
        "no tengo acceso a",
        "como modelo de lenguaje",
        "ich kann ihnen dabei nicht",
        "ich kann dir dabei nicht",
        "ich kann dabei nicht helfen",
        "ich kann diese anfrage nicht",
        "es tut mir leid, aber ich kann",
        "leider kann ich nicht",
        "leider kann ich ihnen nicht",
        "leider kann ich dir nicht",
        "ich habe keinen zugriff auf",
        "als ki-sprachmodell",
        "je ne peux pas vous aider",
        "je ne peux pas t'aider",
        "je ne peux pas fournir",
        "je ne peux pas répondre",
        "je suis désolé, mais je ne",
        "désolé, mais je ne",
        "je n'ai pas accès à",
        "en tant que modèle de langage",
        "non posso aiutar",
        "non posso fornire",
        "non posso rispondere",
        "mi dispiace, ma non",
        "non ho accesso a",
        "come modello linguistico",
        "não posso ajudar",
        "não posso fornecer",
        "não posso responder",
        "desculpe, mas não",
        "lamento, mas não",
        "não tenho acesso a",
        "como um modelo de linguagem",
    };

    private Refusal() {}

    static void examine(Question question, Reply reply, Sheet sheet) {
        if (reply.finish().equals("content_filter")) {
            sheet.set(Signal.REFUSAL, 1);
            sheet.add(Finding.fail(NAME, Rates.REFUSED, "a content filter ended the answer"));
            return;
        }
        String text = reply.text();
        if (!refuses(text, question, true)) {
            sheet.add(Finding.pass(NAME, Rates.BASE, "the answer does not refuse"));
            return;
        }
        sheet.set(Signal.REFUSAL, 1);
        sheet.add(
                text.length() <= SHORT
                        ? Finding.fail(NAME, Rates.REFUSED, "the answer refuses")
                        : Finding.warn(
                                NAME, Rates.HALF_REFUSED, "the answer begins like a refusal"));
    }

    /// Whether a text begins with a refusal. Words that the question itself holds are no refusal:
    /// an answer may quote or translate them.
    ///
    /// @param whole whether the text is the whole answer; else more may come that turns it
    static boolean refuses(String text, Question question, boolean whole) {
        String low = Texts.lower(text, 0, BEGINNING);
        for (String phrase : PHRASES) {
            int at = low.indexOf(phrase);
            if (at < 0) {
                continue;
            }
            int end = at + phrase.length();
            boolean open = !whole && text.length() < end + 5;
            if (!open && !low.startsWith(" but", end) && !asks(question, phrase)) {
                return true;
            }
        }
        return false;
    }

    private static boolean asks(Question question, String phrase) {
        String user = question.user();
        return Texts.lower(user, 0, Math.min(user.length(), 4_000)).contains(phrase);
    }
}
