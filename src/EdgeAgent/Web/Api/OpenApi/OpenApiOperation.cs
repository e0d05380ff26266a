using System.Globalization;
using System.Text.Json.Nodes;
using EdgeAgent.Web.Access;

namespace EdgeAgent.Web.Api.OpenApi;

/// <summary>One endpoint in the OpenAPI document.</summary>
internal static class OpenApiOperation
{
    /// <summary>Failures that are described once, by status.</summary>
    public static readonly SortedDictionary<int, (string Name, string Text)> CommonProblems = new()
    {
        [400] = ("BadRequest", "The question is wrong; detail says what was expected."),
        [401] = ("LoginNeeded", "No session and no valid token."),
        [403] = ("NotAllowed", "The role or the token does not open this, the CSRF token is missing or wrong, or the password has to be changed first."),
        [413] = ("TooLarge", "What was sent is larger than this endpoint takes."),
        [503] = ("NotAvailable", "The store or the audit log cannot be used now."),
    };

    public static JsonObject Write(ApiEndpoint endpoint, OpenApiSchemas schemas)
    {
        JsonObject operation = new()
        {
            ["tags"] = new JsonArray(endpoint.Area),
            ["operationId"] = IdOf(endpoint),
            ["summary"] = endpoint.Summary,
            ["x-permission"] = endpoint.Permission.ToString(),
        };
        if (endpoint.Permission != AccessPermission.Anyone)
        {
            operation["security"] = new JsonArray(new JsonObject { ["session"] = new JsonArray() }, new JsonObject { ["token"] = new JsonArray() });
        }

        JsonArray parameters = [.. ParametersOf(endpoint)];
        if (parameters.Count > 0)
        {
            operation["parameters"] = parameters;
        }

        if (endpoint.Request is { } request)
        {
            JsonObject content = request.Type is { } type ? new JsonObject { ["schema"] = schemas.Of(type) } : [];
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = new JsonObject { [request.ContentType] = content } };
        }

        operation["responses"] = Responses(endpoint, schemas);
        return operation;
    }

    /// <summary>Method and path as one word, for instance <c>getAssessDevicesSamples</c>: names that do not change while the path does not.</summary>
    private static string IdOf(ApiEndpoint endpoint) => endpoint.Method.ToLowerInvariant() + string.Concat(
        endpoint.Path.Split(['/', '-', '.'], StringSplitOptions.RemoveEmptyEntries).Where(p => p != "api")
            .Select(p => p[0] == '{' ? "By" + Capital(p.Trim('{', '}', '*')) : Capital(p)));

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static IEnumerable<JsonNode> ParametersOf(ApiEndpoint endpoint)
    {
        IEnumerable<ApiParameter> undescribed = endpoint.Path.Split('/').Where(p => p is ['{', .., '}']).Select(p => p.Trim('{', '}', '*'))
            .Where(name => !endpoint.Parameters.Any(p => p.InPath && p.Name == name)).Select(name => new ApiParameter(name, InPath: true, "", ApiType.String, Required: true));
        foreach (ApiParameter parameter in undescribed.Concat(endpoint.Parameters))
        {
            JsonObject schema = new() { ["type"] = parameter.Type == ApiType.Instant ? "string" : parameter.Type.ToString().ToLowerInvariant() };
            if (parameter.Type == ApiType.Instant)
            {
                schema["format"] = "date-time";
            }

            yield return new JsonObject
            {
                ["name"] = parameter.Name,
                ["in"] = parameter.InPath ? "path" : "query",
                ["required"] = parameter.Required,
                ["description"] = parameter.Description,
                ["schema"] = schema,
            };
        }
    }

    private static JsonObject Responses(ApiEndpoint endpoint, OpenApiSchemas schemas)
    {
        SortedDictionary<int, JsonObject> byStatus = [];
        foreach (int status in CommonProblems.Keys.Where(status => CanFail(endpoint, status)))
        {
            byStatus[status] = new JsonObject { ["$ref"] = $"#/components/responses/{CommonProblems[status].Name}" };
        }

        foreach (IGrouping<int, ApiAnswer> answers in endpoint.Answers.GroupBy(a => a.Status))
        {
            JsonObject response = new() { ["description"] = string.Join("; or: ", answers.Select(a => a.Description)) };
            JsonObject content = [];
            foreach (ApiAnswer answer in answers.Where(a => a.ContentType is not null))
            {
                content[answer.ContentType!] = answer.Type is { } type ? new JsonObject { ["schema"] = schemas.Of(type) } : new JsonObject();
            }

            if (content.Count > 0)
            {
                response["content"] = content;
            }

            byStatus[answers.Key] = response;
        }

        return new JsonObject(byStatus.Select(r => KeyValuePair.Create<string, JsonNode?>(r.Key.ToString(CultureInfo.InvariantCulture), r.Value)));
    }

    private static bool CanFail(ApiEndpoint endpoint, int status) => status switch
    {
        400 => endpoint.Parameters.Count > 0 || endpoint.Request is not null,
        401 => endpoint.Permission != AccessPermission.Anyone,
        403 => endpoint.Permission != AccessPermission.Anyone || endpoint.Method != HttpMethods.Get,
        413 => endpoint.Request is not null,
        _ => endpoint.IsAudited || endpoint.Permission != AccessPermission.Anyone,
    };
}
