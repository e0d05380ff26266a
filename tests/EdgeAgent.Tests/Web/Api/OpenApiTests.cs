using System.Text.Json;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace EdgeAgent.Tests.Web.Api;

public sealed class OpenApiTests(WholeProgram program) : IClassFixture<WholeProgram>
{
    [Fact]
    public async Task The_document_is_valid_by_a_reader_of_somebody_elses()
    {
        ReadResult read = Microsoft.OpenApi.OpenApiDocument.Parse(await TextAsync(), "json");
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic!.SpecificationVersion);
        Assert.Empty(read.Diagnostic.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Empty(read.Document!.Validate(ValidationRuleSet.GetDefaultRuleSet()));
    }

    [Fact]
    public async Task Every_endpoint_is_in_it_with_what_it_was_declared_with()
    {
        JsonElement paths = JsonElement.Parse(await TextAsync()).GetProperty("paths");
        string[] described = [.. paths.EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(m => $"{m.Name.ToUpperInvariant()} {p.Name}"))];
        Assert.Equal(program.Endpoints.Select(e => $"{e.Method} {e.Path}").Order(), described.Order());
        foreach (ApiEndpoint endpoint in program.Endpoints)
        {
            JsonElement operation = paths.GetProperty(endpoint.Path).GetProperty(endpoint.Method.ToLowerInvariant());
            JsonElement responses = operation.GetProperty("responses");
            Assert.True(endpoint.Answers.Any(a => a.Status < 300), $"{endpoint.Method} {endpoint.Path} does not say what it answers when all is well");
            Assert.All(endpoint.Answers, a => Assert.True(responses.TryGetProperty($"{a.Status}", out _)));
            Assert.Equal(endpoint.Permission != AccessPermission.Anyone, operation.TryGetProperty("security", out _));
            Assert.True(endpoint.Permission == AccessPermission.Anyone || (responses.TryGetProperty("401", out _) && responses.TryGetProperty("403", out _)));
            Assert.False(string.IsNullOrWhiteSpace(endpoint.Summary));
            foreach (string part in endpoint.Path.Split('/').Where(p => p is ['{', .., '}']))
            {
                Assert.Contains(operation.GetProperty("parameters").EnumerateArray(), p => p.GetProperty("name").GetString() == part.Trim('{', '}') && p.GetProperty("in").GetString() == "path");
            }
        }
    }

    [Fact]
    public async Task Names_of_operations_are_unique_and_every_reference_leads_somewhere()
    {
        JsonElement document = JsonElement.Parse(await TextAsync());
        string[] ids = [.. document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()).Select(o => o.Value.GetProperty("operationId").GetString()!)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        foreach (string reference in References(document))
        {
            JsonElement at = document;
            Assert.StartsWith("#/", reference, StringComparison.Ordinal);
            Assert.All(reference[2..].Split('/'), part => Assert.True(at.TryGetProperty(part, out at), reference));
        }
    }

    [Fact]
    public async Task It_is_there_for_everybody_and_fits_what_the_program_answers()
    {
        using HttpClient client = new() { BaseAddress = program.Address };
        JsonElement schema = JsonElement.Parse(await TextAsync()).GetProperty("components").GetProperty("schemas").GetProperty("Session").GetProperty("properties");
        JsonElement session = JsonElement.Parse(await client.GetStringAsync("/api/session"));
        Assert.Equal(schema.EnumerateObject().Select(p => p.Name).Order(), session.EnumerateObject().Select(p => p.Name).Order());
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => p.NameEquals("$ref") && p.Value.ValueKind == JsonValueKind.String ? [p.Value.GetString()!] : References(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private async Task<string> TextAsync()
    {
        using HttpClient client = new() { BaseAddress = program.Address };
        return await client.GetStringAsync("/api/openapi.json");
    }
}
