using System.Text;
using System.Text.Json;
using EdgeAgent.Protocols.Json;

namespace EdgeAgent.Protocols.Tests.Json;

public sealed class JsonPathTests
{
    private const string Document = """
        {"a":{"b":[10,{"c":"x"},[1,2]],"with.dot":true},"list":[{"id":"T1","v":1.5},{"id":7,"v":2.5},{"n":{"id":"T9"},"id":"T9","v":null}],"\u0065sc":"é","a":9}
        """;

    [Theory]
    [InlineData("a.b[0]", "10")]
    [InlineData("$.a.b[1].c", "x")]
    [InlineData("$['a']['with.dot']", "True")]
    [InlineData("a[\"with.dot\"]", "True")]
    [InlineData("a.b[2][1]", "2")]
    [InlineData("list[id=T1].v", "1.5")]
    [InlineData("list[id='T1'].v", "1.5")]
    [InlineData("list[id=7].v", "2.5")]
    [InlineData("list[id=T9].v", "")]
    [InlineData("esc", "é")]
    public void A_value_is_found(string path, string expected) => Assert.Equal(expected, Find(path, Document));

    [Theory]
    [InlineData("a.c")]
    [InlineData("a.b[3]")]
    [InlineData("a[0]")]
    [InlineData("a.b.c")]
    [InlineData("list[id=T2].v")]
    [InlineData("a.b[id=1]")]
    public void What_is_not_there_is_not_found(string path) => Assert.Null(Find(path, Document));

    [Theory]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("a[")]
    [InlineData("a[x]")]
    [InlineData("a['x]")]
    [InlineData("a['x'")]
    [InlineData("a[-1]")]
    [InlineData("a[=1]")]
    [InlineData("$a")]
    public void A_path_that_means_nothing_is_refused_with_a_reason(string path)
    {
        Assert.False(JsonPath.TryParse(path, out _, out string problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void The_whole_document_may_be_a_number() => Assert.Equal("21.5", Find("$", "21.5"));

    [Theory]
    [InlineData("{\"a\":1,\"b\":}", "a", "1")]
    [InlineData("{\"b\":tru,\"a\":1}", "a", null)]
    [InlineData("", "a", null)]
    [InlineData("{\"a\"", "a", null)]
    public void A_broken_document_gives_what_comes_before_the_break(string document, string path, string? expected) =>
        Assert.Equal(expected, Find(path, document));

    [Fact]
    public void Finding_allocates_nothing()
    {
        byte[] json = Encoding.UTF8.GetBytes(Document);
        Assert.True(JsonPath.TryParse("list[id=T1].v", out JsonPath? path, out _));
        path.TryFind(json, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            path.TryFind(json, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string? Find(string text, string document)
    {
        Assert.True(JsonPath.TryParse(text, out JsonPath? path, out string problem), problem);
        if (!path.TryFind(Encoding.UTF8.GetBytes(document), out Utf8JsonReader reader))
        {
            return null;
        }

        return reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null => reader.TokenType == JsonTokenType.Null ? "" : reader.GetBoolean().ToString(),
            _ => Encoding.UTF8.GetString(reader.ValueSpan),
        };
    }
}
