namespace EdgeAgent.Web.Api;

/// <summary>Thrown by a handler: what is wrong, as it is told to the caller in a problem document.</summary>
internal sealed class ApiProblem(int status, ApiText detail) : Exception(detail.En)
{
    public int Status => status;

    public ApiText Detail => detail;

    /// <summary>After how long it makes sense to ask again; null when the answer will not change by itself.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A fixed word by which programs tell this problem from others of the same status.</summary>
    public string? Code { get; init; }

    /// <summary>What is wrong with single fields of what was sent, by field; null when it is not about fields.</summary>
    public IReadOnlyDictionary<string, ApiText[]>? Errors { get; init; }

    public static ApiProblem BadRequest(ApiText detail) => new(StatusCodes.Status400BadRequest, detail);

    public static ApiProblem NotFound(ApiText detail) => new(StatusCodes.Status404NotFound, detail);

    /// <summary>Somebody else changed it in the meantime, or it is not in a state for that.</summary>
    public static ApiProblem Conflict(ApiText detail) => new(StatusCodes.Status409Conflict, detail);

    public static ApiProblem Forbidden(ApiText detail) => new(StatusCodes.Status403Forbidden, detail);

    public static ApiProblem Unavailable(ApiText detail) => new(StatusCodes.Status503ServiceUnavailable, detail);
}
