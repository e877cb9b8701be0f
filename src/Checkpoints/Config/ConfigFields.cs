namespace NaturalThoughts.Checkpoints.Config;

/// <summary>
/// Fields of config.json that this library does not use: those that change no number of the model whatever they say, and those of which one
/// value changes none. Gathered from the configs of published Llama-3 and Qwen2.5 models, of models derived from them, and from the fields
/// that Transformers' PretrainedConfig writes.
/// </summary>
internal static class ConfigFields
{
    /// <summary>
    /// How the file was made, what a call returns, how fast it is, how text is generated (an experiment states that itself), and heads that a causal model does
    /// not have.
    /// </summary>
    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal)
    {
        // Where it comes from.
        "_name_or_path", "_commit_hash", "_from_model_config", "transformers_version", "unsloth_version", "unsloth_fixed", "transformers.js_config",
            "is_llama_config",
        "neftune_noise_alpha", "gradient_checkpointing",

        // How it is called.
        "_attn_implementation", "_attn_implementation_autoset", "attn_implementation", "_flash_attn_2_enabled", "use_cache", "output_attentions",
            "output_hidden_states",
        "output_scores", "return_dict", "return_dict_in_generate", "use_return_dict", "torchscript", "max_window_layers", "chunk_size_feed_forward",
        "is_encoder_decoder", "is_decoder",
        "tokenizer_class", "prefix", "max_sequence_length", "model_max_length", "tokenizer_model_max_length", "tokenizer_padding_side",

        // Of other heads and of encoders with decoders.
        "id2label", "label2id", "num_labels", "task_specific_params", "problem_type", "finetuning_task", "classifier_dropout",
            "decoder_start_token_id", "sep_token_id",

        // Generation.
        "do_sample", "temperature", "top_k", "top_p", "typical_p", "num_beams", "num_beam_groups", "num_return_sequences", "diversity_penalty",
            "length_penalty", "early_stopping",
        "repetition_penalty", "no_repeat_ngram_size", "encoder_no_repeat_ngram_size", "min_length", "max_length", "max_new_tokens", "bad_words_ids",
        "suppress_tokens",
        "begin_suppress_tokens", "forced_bos_token_id", "forced_eos_token_id", "remove_invalid_values", "exponential_decay_length_penalty",
    };

    /// <summary>Fields of which these values, as JSON text, say that something is not in use. Null says so of every field.</summary>
    private static readonly Dictionary<string, string[]> HarmlessAt = new(StringComparer.Ordinal)
    {
        // Qwen2's own code has a rotation for images; its text models write that they do not use it.
        ["use_mrope"] = ["false"],
        ["rope_interleaved"] = ["false"],
        ["partial_rotary_factor"] = ["1", "1.0"],
        ["use_qk_norm"] = ["false"],
        ["pruned_heads"] = ["{}"],
        ["add_cross_attention"] = ["false"],
        ["tie_encoder_decoder"] = ["false"],
        ["tf_legacy_loss"] = ["false"],
        ["use_bfloat16"] = ["false"],
        ["embd_pdrop"] = ["0", "0.0"],
        ["resid_pdrop"] = ["0", "0.0"],
        ["attn_pdrop"] = ["0", "0.0"],
        ["hidden_dropout"] = ["0", "0.0"],
        ["hidden_dropout_prob"] = ["0", "0.0"],
        ["residual_dropout"] = ["0", "0.0"],
        ["embedding_dropout"] = ["0", "0.0"],
        ["quantization_config"] = ["{}"],
    };

    /// <summary>True when the field changes nothing.</summary>
    public static bool ChangesNothing(string key, string json) =>
        Harmless.Contains(key) || (HarmlessAt.TryGetValue(key, out string[]? values) && values.Contains(json));

    /// <summary>The values at which a field changes nothing, for a message; null for one that is not known at all.</summary>
    public static string? Accepted(string key) => HarmlessAt.TryGetValue(key, out string[]? values) ? values[0] : null;
}
