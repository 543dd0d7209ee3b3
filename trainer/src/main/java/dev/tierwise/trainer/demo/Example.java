package dev.tierwise.trainer.demo;

/// One prompt with the answer wanted. `system` is empty where there is none; `held` says that a
/// frame kept out of training is in it.
record Example(Task task, String system, String user, String answer, boolean held) {
    /// What the model is for, and everything else.
    enum Task {
        TICKET,
        SENTIMENT,
        EXTRACT,
        OTHER
    }

    static final String UNKNOWN = "{\"label\":\"unknown\"}";

    /// The prompt as the chat template in the file forms it.
    String prompt() {
        return prompt(system, user);
    }

    static String prompt(String system, String user) {
        String head = system.isEmpty() ? "" : "<|im_start|>system\n" + system + "<|im_end|>\n";
        return head + "<|im_start|>user\n" + user + "<|im_end|>\n<|im_start|>assistant\n";
    }
}
