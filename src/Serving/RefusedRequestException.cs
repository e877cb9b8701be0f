namespace NaturalThoughts.Serving;

/// <summary>A request that cannot be answered, and why: what the caller gets as an error of the protocol.</summary>
/// <param name="message">What is wrong, for the caller.</param>
/// <param name="parameter">The member of the request that is wrong; null for none.</param>
/// <param name="status">The HTTP status; 400 unless given.</param>
/// <param name="code">OpenAI's code, such as <c>model_not_found</c>; null for none.</param>
public sealed class RefusedRequestException(string message, string? parameter = null, int status = 400, string? code = null) : Exception(message)
{
    /// <summary>The member of the request.</summary>
    public string? Parameter => parameter;

    /// <summary>The status of the HTTP response.</summary>
    public int Status => status;

    /// <summary>The code of the error in OpenAI's form; null for none.</summary>
    public string? Code => code;
}
