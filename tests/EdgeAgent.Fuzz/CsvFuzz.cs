using System.Text;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Fuzz;

/// <summary>Damaged tag tables: no exception, no hang, memory in proportion to the file.</summary>
public sealed class CsvFuzz
{
    private const int Seed = 20_261_122;

    private static readonly byte[][] Seeds =
    [
        Encoding.UTF8.GetBytes("name,address,type,scale\ntemp,HR0,int16,0.1\n\"a \"\"b\"\"\",HR1,float32,\n# note\n"),
        Encoding.UTF8.GetBytes("\ufeff名称;地址;采集组\r\n温度;HR0;fast\r\n压力;\"HR\r\n1\";normal\r\n"),
        CodePagesEncodingProvider.Instance.GetEncoding(54936)!.GetBytes("名称\t地址\t死区\n温度\tHR0\t0.5\n"),
        [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("name,address\na,1\n")],
    ];

    [Fact]
    public void Tables()
    {
        var mutations = new SeededMutations(Seed, Seeds);
        int rows = 0;
        for (int i = 0; i < 300_000; i++)
        {
            ReadOnlySpan<byte> mutated = mutations.Next();
            var errors = new ConfigErrors("config.json");
            long before = GC.GetAllocatedBytesForCurrentThread();
            rows += TagTable.Read(mutated, "tags.csv", errors).Count;
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            // Decoded text, a string for each cell, a tag for each row; and a message of some hundred bytes for what is wrong.
            Assert.True(allocated <= 64_000 + (mutated.Length * 64L) + (errors.Total * 8192L), $"mutation {i}: {allocated} bytes for {mutated.Length}");
        }

        Assert.True(rows > 30_000, $"{rows} rows");
    }

    [Fact]
    public void Rows()
    {
        var mutations = new SeededMutations(Seed + 1, Seeds);
        var cells = new List<string>();
        for (int i = 0; i < 700_000; i++)
        {
            ReadOnlySpan<byte> mutated = mutations.Next();
            string text = Encoding.Latin1.GetString(mutated);
            var reader = new CsvReader(text, CsvReader.SeparatorOf(text));
            int line = 0, rows = 0;
            while (reader.TryRead(cells))
            {
                // Every row starts behind the one before, so that reading ends.
                if (reader.Line <= line || ++rows > mutated.Length + 1)
                {
                    Assert.Fail($"mutation {i}: row at line {reader.Line} after line {line}");
                }

                line = reader.Line;
            }
        }
    }
}
