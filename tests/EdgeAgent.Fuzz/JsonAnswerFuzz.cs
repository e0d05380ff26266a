using System.Text;
using EdgeAgent.Collector.Asking;
using EdgeAgent.Collector.Drivers.Http;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Json;

namespace EdgeAgent.Fuzz;

/// <summary>Answers of a server in JSON, damaged: one reading for each tag, never an exception.</summary>
public sealed class JsonAnswerFuzz
{
    private const int Mutations = 1_000_000;

    [Fact]
    public void Damaged_answers_make_one_reading_a_tag()
    {
        string[] seeds =
        [
            """{"t":"2025-11-13T08:30:00Z","a":{"b":[1,{"c":"x\u6ce8\ud83d\ude00"}],"w.d":true},"l":[{"id":"T1","v":1.5e3},{"id":7,"v":null}]}""",
            """[1,2,{"a":-9223372036854775808,"b":18446744073709551615}]""",
            """{"a":{"b":[[[[1]]]]},"a":{"b":2},"t":1763022600}""",
        ];
        string[] paths = ["$.a.b[1].c", "a['w.d']", "l[id=T1].v", "l[id=7].v", "[2].a", "$", "a.b", "t", "l[1]"];
        ValueKind[] kinds = [ValueKind.Text, ValueKind.Boolean, ValueKind.Float64, ValueKind.Int64, ValueKind.UInt64, ValueKind.Float32];
        var settings = new HttpRequestSettings { NumbersInText = true };
        var request = new HttpRequest(settings, new HttpQuestion(new Uri("http://h/x"), null, "", "*/*"), Parse("t"), null);
        var reader = new JsonAnswerReader(request, [.. paths.Select((path, i) => new HttpTag(i, path, kinds[i % kinds.Length], 0, Parse(path)))]);
        var mutations = new SeededMutations(20_261_123, [.. seeds.Select(Encoding.UTF8.GetBytes)]);
        var batch = new ReadingBatch();
        bool[] seen = new bool[paths.Length];
        int good = 0;
        for (int i = 0; i < Mutations; i++)
        {
            batch.Clear();
            reader.Take(mutations.Next(), 17_630_226_000_000_000, batch);
            Array.Clear(seen);
            foreach (Reading reading in batch.Readings)
            {
                seen[reading.TagId] = true;
                good += reading.Quality.IsGood ? 1 : 0;
            }

            Assert.True(batch.Count == paths.Length && !seen.Contains(false));
        }

        Assert.True(good > Mutations / 100, "many mutations must still be documents, or nothing is tested");
    }

    private static JsonPath Parse(string text) => JsonPath.TryParse(text, out JsonPath? path, out string problem) ? path : throw new ArgumentException(problem);
}
