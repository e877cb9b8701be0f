using System.Text.Json.Nodes;

namespace NaturalThoughts.Serving.Protocol;

/// <summary>Errors in OpenAI's JSON.</summary>
internal static class ErrorJson
{
    public static JsonObject Of(RefusedRequestException refused) => Of(refused.Status, refused.Message, refused.Parameter, refused.Code);

    public static JsonObject Of(int status, string message, string? parameter = null, string? code = null) => new()
    {
        ["error"] = new JsonObject
        {
            ["message"] = message,
            ["type"] = status switch
            {
                429 => "rate_limit_error",
                >= 500 => "server_error",
                _ => "invalid_request_error",
            },
            ["param"] = parameter,
            ["code"] = code,
        },
    };
}
