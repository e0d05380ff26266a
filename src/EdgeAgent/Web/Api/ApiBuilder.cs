using EdgeAgent.Web.Access;

namespace EdgeAgent.Web.Api;

/// <summary>Declares the endpoints of the API; the only way to a route.</summary>
internal sealed class ApiBuilder(IEndpointRouteBuilder routes, ApiGate gate)
{
    private readonly List<ApiEndpoint> _endpoints = [];

    /// <summary>All that was declared, in order.</summary>
    public IReadOnlyList<ApiEndpoint> Endpoints => _endpoints;

    /// <summary>For handlers that write down more than that they were asked.</summary>
    public AccessLog Log => gate.Log;

    public ApiEndpoint Get(string path, AccessPermission permission, string summary, ApiHandler handler) => Map(HttpMethods.Get, path, permission, summary, handler);

    public ApiEndpoint Post(string path, AccessPermission permission, string summary, ApiHandler handler) => Map(HttpMethods.Post, path, permission, summary, handler);

    public ApiEndpoint Put(string path, AccessPermission permission, string summary, ApiHandler handler) => Map(HttpMethods.Put, path, permission, summary, handler);

    public ApiEndpoint Patch(string path, AccessPermission permission, string summary, ApiHandler handler) => Map(HttpMethods.Patch, path, permission, summary, handler);

    public ApiEndpoint Delete(string path, AccessPermission permission, string summary, ApiHandler handler) => Map(HttpMethods.Delete, path, permission, summary, handler);

    private ApiEndpoint Map(string method, string path, AccessPermission permission, string summary, ApiHandler handler)
    {
        ApiEndpoint endpoint = new(method, path, permission, summary);
        _endpoints.Add(endpoint);
        routes.MapMethods(path, [method], context => gate.AnswerAsync(context, endpoint, handler)).WithMetadata(endpoint);
        return endpoint;
    }
}
