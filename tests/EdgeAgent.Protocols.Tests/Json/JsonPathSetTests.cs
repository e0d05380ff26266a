using System.Text;
using System.Text.Json;
using EdgeAgent.Protocols.Json;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Protocols.Tests.Json;

public sealed class JsonPathSetTests
{
    private static readonly string[] Paths =
    [
        "$", "a", "a.b", "a.b[0]", "a.b[1].c", "a.b[2][1]", "a['with.dot']", "list[id=T1].v", "list[id=7].v", "list[id=T1].id", "list[0].v", "list[0]", "esc", "gone", "a[0]", "list[id=T9]", "esc.x",
    ];

    private static readonly string[] Documents =
    [
        """{"a":{"b":[10,{"c":"x"},[1,2]],"with.dot":true},"list":[{"id":"T1","v":1.5},{"id":7,"v":2.5},{"v":3,"id":"T1"}],"\u0065sc":"é","a":9}""",
        "[]", "17", "null", """{"a":[1],"list":{"id":"T1"}}""", """{"a":{"b":{"0":1}},"a":{"b":[1]}}""", """{"\ud800":1,"list":[{"id":"\ud800"},{"\ud800":0,"id":"T1","v":1}]}""",
    ];

    [Fact]
    public void A_set_finds_what_each_path_finds_alone()
    {
        JsonPath[] paths = [.. Paths.Select(Parse)];
        var set = new JsonPathSet(paths);
        foreach (string document in Documents)
        {
            byte[] json = Encoding.UTF8.GetBytes(document);
            var found = new Collected();
            Assert.True(set.TryVisit(json, ref found), document);
            for (int i = 0; i < paths.Length; i++)
            {
                long? alone = paths[i].TryFind(json, out Utf8JsonReader reader) ? reader.TokenStartIndex : null;
                Assert.True(alone == (found.At.TryGetValue(i, out long at) ? at : null), $"{Paths[i]} in {document}");
            }
        }
    }

    [Fact]
    public void A_set_agrees_with_single_paths_on_random_documents_and_paths()
    {
        Gen<string> name = Gen.Elements("a", "b", "c");
        Gen<string> step = Gen.OneOf(name.Select(n => "." + n), Gen.Choose(0, 2).Select(i => $"[{i}]"), name.Select(n => $"[{n}=1]"));
        Gen<string> path = Gen.ArrayOf(step).Select(steps => "$" + string.Concat(steps.Take(4)));
        Gen<string> Document(int depth) => depth == 0
            ? Gen.Elements("1", "2", "\"1\"", "null", "true")
            : Gen.OneOf(
                Document(0),
                Gen.ArrayOf(Document(depth - 1)).Select(elements => "[" + string.Join(",", elements.Take(3)) + "]"),
                Gen.ArrayOf(name.SelectMany(n => Document(depth - 1).Select(v => $"\"{n}\":{v}"))).Select(members => "{" + string.Join(",", members.Take(4)) + "}"));
        Prop.ForAll(Gen.ArrayOf(path).Where(p => p.Length > 0).ToArbitrary(), Document(4).ToArbitrary(), (texts, document) =>
        {
            JsonPath[] paths = [.. texts.Select(Parse)];
            byte[] json = Encoding.UTF8.GetBytes(document);
            var found = new Collected();
            bool whole = new JsonPathSet(paths).TryVisit(json, ref found);
            return whole && Enumerable.Range(0, paths.Length).All(i =>
                (paths[i].TryFind(json, out Utf8JsonReader reader) ? reader.TokenStartIndex : -1) == (found.At.TryGetValue(i, out long at) ? at : -1));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":1}}")]
    [InlineData("{\"a\":1} 2")]
    [InlineData("{\"a\":tru}")]
    public void A_document_that_is_not_whole_is_refused(string document)
    {
        var found = new Collected();
        Assert.False(new JsonPathSet([Parse("a")]).TryVisit(Encoding.UTF8.GetBytes(document), ref found));
    }

    [Fact]
    public void A_name_that_is_half_of_a_surrogate_pair_equals_none()
    {
        byte[] json = """{"\ud800":1,"a":2}"""u8.ToArray();
        Assert.True(Parse("a").TryFind(json, out Utf8JsonReader reader));
        Assert.Equal(2, reader.GetInt32());
        Assert.False(Parse("b[x=\u1234]").TryFind("""{"b":[{"x":"\ud800"}]}"""u8, out _));
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        var set = new JsonPathSet([.. Paths.Select(Parse)]);
        byte[] json = Encoding.UTF8.GetBytes(Documents[0]);
        var counter = default(Counter);
        set.TryVisit(json, ref counter);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            set.TryVisit(json, ref counter);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(counter.Count > 0);
    }

    private static JsonPath Parse(string text)
    {
        Assert.True(JsonPath.TryParse(text, out JsonPath? path, out string problem), problem);
        return path;
    }

    private sealed class Collected : IJsonPathVisitor
    {
        public Dictionary<int, long> At { get; } = [];

        public void Found(int path, in Utf8JsonReader value) => At.Add(path, value.TokenStartIndex);
    }

    private struct Counter : IJsonPathVisitor
    {
        public int Count { get; private set; }

        public void Found(int path, in Utf8JsonReader value) => Count++;
    }
}
