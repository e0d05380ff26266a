using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.Web.Access.Sessions;

namespace EdgeAgent.Web.Api.OpenApi;

/// <summary>Writes the OpenAPI 3.1 document from what the endpoints were declared with, so that it cannot say anything else than they do.</summary>
internal static class OpenApiDocument
{
    private const string Description =
        "What EdgeAgent's pages are made of. Log in with POST /api/session (cookie, and header X-CSRF-Token with what GET /api/session gives for "
        + "everything but GET), or send a token. Instants are ISO 8601 in UTC, lists are given in parts, errors are problem documents (RFC 9457) whose "
        + "language follows Accept-Language.";

    public static byte[] Write(IReadOnlyList<ApiEndpoint> endpoints, string version, int port)
    {
        OpenApiSchemas schemas = new();
        JsonObject paths = [];
        foreach (IGrouping<string, ApiEndpoint> path in endpoints.GroupBy(e => e.Path))
        {
            JsonObject operations = [];
            foreach (ApiEndpoint endpoint in path)
            {
                operations[endpoint.Method.ToLowerInvariant()] = OpenApiOperation.Write(endpoint, schemas);
            }

            paths[path.Key] = operations;
        }

        JsonNode problem = schemas.Of(ApiJson.Default.ProblemDocument);
        JsonObject document = new()
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "EdgeAgent", ["version"] = version, ["description"] = Description },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = SecuritySchemes(port),
                ["responses"] = Responses(problem),
                ["schemas"] = schemas.Components,
            },
        };
        return JsonSerializer.SerializeToUtf8Bytes(document, OpenApiJson.Default.JsonObject);
    }

    private static JsonObject SecuritySchemes(int port) => new()
    {
        ["session"] = new JsonObject { ["type"] = "apiKey", ["in"] = "cookie", ["name"] = SessionCookie.NameOf(port), ["description"] = "Given by POST /api/session." },
        ["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "Made with `edgeagent token create` or POST /api/tokens; ends by itself." },
    };

    private static JsonObject Responses(JsonNode problem)
    {
        JsonObject responses = [];
        foreach ((string name, string text) in OpenApiOperation.CommonProblems.Values)
        {
            responses[name] = new JsonObject
            {
                ["description"] = text,
                ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = problem.DeepClone() } },
            };
        }

        return responses;
    }
}
