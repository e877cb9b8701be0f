namespace NaturalThoughts.Checkpoints.Config;

/// <summary>The architectures that are read and written.</summary>
public enum ModelFamily
{
    /// <summary>Llama: config.json names LlamaForCausalLM.</summary>
    Llama,

    /// <summary>Qwen2ForCausalLM: as Llama, but q, k and v always have a bias, and o never.</summary>
    Qwen2,
}
