namespace NaturalThoughts.Student.Model;

/// <summary>How the hidden states of a question's tokens become one vector.</summary>
public enum EmbedPooling
{
    /// <summary>The unweighted mean over the tokens.</summary>
    Mean,

    /// <summary>
    /// Their mean with weights that grow linearly with the position: token i of T, counted from 1, weighs i / (1 + ... + T), as later tokens of a causal model
    /// have seen more (RDS+, Ivison et al. 2025, arXiv 2503.01807; SGPT, Muennighoff 2022, arXiv 2202.08904, equation 2).
    /// </summary>
    Position,
}
