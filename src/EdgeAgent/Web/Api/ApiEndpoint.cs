using System.Text.Json.Serialization.Metadata;
using EdgeAgent.Web.Access;

namespace EdgeAgent.Web.Api;

/// <summary>Answers a question of somebody who may ask it.</summary>
internal delegate Task ApiHandler(HttpContext context, Caller caller);

/// <summary>One endpoint as it was declared: what the gate, the OpenAPI document and the tests know of it.</summary>
internal sealed class ApiEndpoint(string method, string path, AccessPermission permission, string summary)
{
    private const string Json = "application/json";

    private readonly List<ApiParameter> _parameters = [];
    private readonly List<ApiAnswer> _answers = [];

    public string Method => method;

    /// <summary>With its parts in braces, as <c>/api/devices/{name}</c>.</summary>
    public string Path => path;

    public AccessPermission Permission => permission;

    public string Summary => summary;

    /// <summary>Heading of the OpenAPI document: the part of the path after <c>/api/</c>.</summary>
    public string Area => path.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["api", var area, ..] ? area : "operation";

    public IReadOnlyList<ApiParameter> Parameters => _parameters;

    public IReadOnlyList<ApiAnswer> Answers => _answers;

    public ApiRequest? Request { get; private set; }

    /// <summary>Largest body; larger ones are refused with 413.</summary>
    public long BodyBytesMax { get; private set; } = 256 << 10;

    /// <summary>Whether every answer is written to the audit log: all changes, and reads of more than state.</summary>
    public bool IsAudited { get; private set; } =
        permission != AccessPermission.Anyone && (method != HttpMethods.Get || permission is not (AccessPermission.SignedIn or AccessPermission.ReadState));

    /// <summary>A parameter of the query.</summary>
    public ApiEndpoint Query(string name, string description, ApiType type = ApiType.String, bool required = false)
    {
        _parameters.Add(new ApiParameter(name, InPath: false, description, type, required));
        return this;
    }

    /// <summary>Describes a part of the path.</summary>
    public ApiEndpoint Route(string name, string description)
    {
        _parameters.Add(new ApiParameter(name, InPath: true, description, ApiType.String, Required: true));
        return this;
    }

    /// <summary>Gives a list in parts: <c>?offset&amp;limit</c>, read with <see cref="PageRequest.Of"/>.</summary>
    public ApiEndpoint Paged() => Query("offset", "Entries to pass over; 0 unless told.", ApiType.Integer)
        .Query("limit", $"Entries to give, at most {PageRequest.LimitMax}; {PageRequest.LimitDefault} unless told.", ApiType.Integer);

    /// <summary>Takes JSON.</summary>
    public ApiEndpoint Takes<T>(JsonTypeInfo<T> type, long? bodyBytesMax = null) => Takes(new ApiRequest(Json, type), bodyBytesMax);

    /// <summary>Takes a file, or anything that is no JSON of a known type.</summary>
    public ApiEndpoint TakesFile(string contentType, long bodyBytesMax) => Takes(new ApiRequest(contentType, null), bodyBytesMax);

    /// <summary>Gives JSON.</summary>
    public ApiEndpoint Gives<T>(JsonTypeInfo<T> type, string description, int status = StatusCodes.Status200OK) => Add(new ApiAnswer(status, description, Json, type));

    /// <summary>Gives a file, a stream, or JSON whose form a document of its own describes.</summary>
    public ApiEndpoint GivesFile(string contentType, string description, int status = StatusCodes.Status200OK) => Add(new ApiAnswer(status, description, contentType, null));

    /// <summary>Gives no body.</summary>
    public ApiEndpoint GivesNothing(string description, int status = StatusCodes.Status204NoContent) => Add(new ApiAnswer(status, description, null, null));

    /// <summary>Fails in a way of its own; 400, 401, 403, 413 and 503 are described where they can happen.</summary>
    public ApiEndpoint Fails(int status, string description) => Add(new ApiAnswer(status, description, ProblemDocument.ContentType.Split(';')[0], ApiJson.Default.ProblemDocument));

    /// <summary>Writes only refusals to the audit log: for what is asked many times a minute and shows nothing that state does not.</summary>
    public ApiEndpoint Quiet()
    {
        IsAudited = false;
        return this;
    }

    /// <summary>Writes every answer to the audit log, though it is only state.</summary>
    public ApiEndpoint Audited()
    {
        IsAudited = true;
        return this;
    }

    private ApiEndpoint Takes(ApiRequest request, long? bodyBytesMax)
    {
        Request = request;
        BodyBytesMax = bodyBytesMax ?? BodyBytesMax;
        return this;
    }

    private ApiEndpoint Add(ApiAnswer answer)
    {
        _answers.Add(answer);
        return this;
    }
}
