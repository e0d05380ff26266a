using System.Buffers.Binary;
using System.Text;
using EdgeAgent.Assessment.Evidence;
using EdgeAgent.Assessment.Evidence.Container;
using EdgeAgent.Core.Batches;

namespace EdgeAgent.Assessment.Tests.Evidence;

public sealed class PackTamperingTests
{
    [Fact]
    public async Task Any_flipped_bit_is_found_wherever_it_is()
    {
        using PackScene scene = new();
        await scene.ExportAsync();
        byte[] whole = await File.ReadAllBytesAsync(scene.PathOf("pack.zip"));
        Random random = new(20251120);
        List<long> places = [];
        List<PackProblem> none = [];
        using (PackReader pack = PackReader.Open(scene.PathOf("pack.zip"), none)!)
        {
            foreach (PackEntry entry in pack.Entries)
            {
                places.Add(entry.Offset + random.Next(30)); // a field of the local header
                places.Add(entry.Offset + 30 + random.Next((int)(entry.ContentOffset - entry.Offset - 30))); // its name
                for (int i = 0; i < 8; i++)
                {
                    places.Add(entry.ContentOffset + random.NextInt64(entry.Bytes));
                }
            }

            long central = pack.Entries[^1].End;
            places.AddRange(Enumerable.Range(0, 120).Select(_ => random.NextInt64(central, whole.Length)));
            places.AddRange(Enumerable.Range(0, 22).Select(i => whole.Length - 22L + i));
        }

        Assert.True(places.Count >= 200);
        string path = scene.PathOf("flipped.zip");
        List<string> missed = [], unsaid = [];
        foreach (long place in places)
        {
            byte[] changed = [.. whole];
            changed[place] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(path, changed);
            PackVerification verification = PackVerifier.Verify(path, scene.Keys);
            if (verification.Holds)
            {
                missed.Add($"byte {place}");
            }

            unsaid.AddRange(verification.Problems.Where(p => !SaysSoInBoth(p)).Select(p => $"{p} | {p.Chinese}"));
        }

        Assert.Empty(unsaid);

        Assert.Empty(missed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_pack_that_is_cut_or_lengthened_does_not_hold(int how)
    {
        using PackScene scene = new();
        await scene.ExportAsync();
        byte[] whole = await File.ReadAllBytesAsync(scene.PathOf("pack.zip"));
        byte[] changed = how switch
        {
            0 => whole[..^1],
            1 => [.. whole, 0],
            2 => [0, .. whole],
            _ => whole[..(whole.Length / 2)],
        };
        await File.WriteAllBytesAsync(scene.PathOf("changed.zip"), changed);
        Assert.False(PackVerifier.Verify(scene.PathOf("changed.zip"), scene.Keys).Holds);
    }

    [Fact]
    public async Task Every_file_that_is_removed_added_renamed_reordered_or_changed_is_found_although_all_hashes_are_right()
    {
        using PackScene scene = new();
        await scene.ExportAsync();
        using EcdsaBatchSigner forger = EcdsaBatchSigner.CreateEphemeral();
        int count = PackForge.Open(scene.PathOf("pack.zip")).Files.Count;
        for (int i = 0; i < count; i++)
        {
            foreach (Action<PackForge, int> edit in new Action<PackForge, int>[]
            {
                (f, at) => f.Files.RemoveAt(at),
                (f, at) => f.Files.Insert(at, new("screenshots/more.png", [1])),
                (f, at) => f.Files[at] = new(f.Files[at].Key, [.. f.Files[at].Value, (byte)' ']),
                (f, at) => f.Files[at] = new("x/" + f.Files[at].Key, f.Files[at].Value),
                (f, at) => (f.Files[at], f.Files[(at + 1) % f.Files.Count]) = (f.Files[(at + 1) % f.Files.Count], f.Files[at]),
            })
            {
                PackForge forge = PackForge.Open(scene.PathOf("pack.zip"));
                edit(forge, i);
                Assert.False(PackVerifier.Verify(forge.Write(scene.PathOf("forged.zip"), forger), scene.Keys).Holds);
                Assert.False(PackVerifier.Verify(forge.Write(scene.PathOf("forged.zip"), scene.Hub, keepManifest: true), scene.Keys).Holds);
            }
        }
    }

    /// <summary>The hub itself is dishonest: it signs what it has changed. What the agents signed gives it away.</summary>
    [Theory]
    [InlineData("metrics.json", "\"networked\": 6", "\"networked\": 7", "$.counts.networked")]
    [InlineData("metrics.json", "\"option\": \"E\"", "\"option\": \"D\"", "option")]
    [InlineData("accounts.csv", ",12,12,0,0,", ",13,13,0,0,", "row 2")]
    [InlineData("samples.csv", "temperature,2", "temperature,3", "row")]
    [InlineData("coverage.csv", ",yes,", ",no,", "row 2")]
    [InlineData("bindings.csv", "10.0.0.1:502", "10.0.0.9:502", "row 3")]
    [InlineData("ledger/ledger.csv", "A-7,设备7,生产设备,在用", "A-7,设备7,生产设备,报废", "")]
    [InlineData("ledger.csv", "生产设备,在用", "生产设备,报废", "row 2")]
    [InlineData("challenges.jsonl", "\"action\":\"stop\"", "\"action\":\"none\"", "")]
    [InlineData("challenges.csv", "self-test", "assessor's challenge", "row 4")]
    [InlineData("rulepack.json", "\"minCoverage\": 0.75", "\"minCoverage\": 0.70", "")]
    public async Task A_number_that_the_hub_changed_and_signed_is_named_with_its_place(string file, string from, string to, string place)
    {
        using PackScene scene = new();
        await scene.ExportAsync();
        PackForge forge = PackForge.Open(scene.PathOf("pack.zip"));
        string text = Encoding.UTF8.GetString(forge[file]);
        int at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} has no '{from}'");
        forge[file] = Encoding.UTF8.GetBytes(string.Concat(text.AsSpan(0, at), to, text.AsSpan(at + from.Length)));

        PackVerification verification = PackVerifier.Verify(forge.Write(scene.PathOf("forged.zip"), scene.Hub), scene.Keys);

        Assert.Contains(verification.Problems, p => p.Place.Contains(place, StringComparison.Ordinal));
        Assert.All(verification.Problems, p => Assert.True(SaysSoInBoth(p), $"{p} | {p.Chinese}"));
    }

    /// <summary>A finding has words of its own in each language, and where it is stands in the reader's.</summary>
    private static bool SaysSoInBoth(PackProblem p) =>
        p.Text.Length > 0 && p.Chinese != p.Text && p.Chinese.Any(c => c is >= '\u4e00' and <= '\u9fff')
        && (p.PlaceText.Zh == p.Place) == (p.Place.Length == 0 || p.Place[0] == '$');

    [Fact]
    public async Task Batches_that_the_hub_removed_swapped_doubled_or_changed_are_found_although_it_signed_the_pack()
    {
        using PackScene scene = new();
        await scene.ExportAsync();
        PackForge pack = PackForge.Open(scene.PathOf("pack.zip"));
        string file = pack.Files.First(f => f.Key.StartsWith("batches/", StringComparison.Ordinal)).Key;
        List<byte[]> records = Records(pack[file]);
        Random random = new(7);
        for (int i = 0; i < 40; i++)
        {
            List<byte[]> changed = [.. records];
            int at = random.Next(1, records.Count - 1);
            switch (i % 4)
            {
                case 0: changed.RemoveAt(at); break;
                case 1: (changed[at], changed[at - 1]) = (changed[at - 1], changed[at]); break;
                case 2: changed.Insert(at, changed[at]); break;
                default:
                    changed[at] = [.. changed[at]];
                    changed[at][random.Next(4, changed[at].Length - 70)] ^= 1;
                    break;
            }

            PackForge forge = PackForge.Open(scene.PathOf("pack.zip"));
            forge[file] = [.. changed.SelectMany(r => r)];
            PackVerification verification = PackVerifier.Verify(forge.Write(scene.PathOf("forged.zip"), scene.Hub), scene.Keys);
            Assert.Contains(verification.Problems, p => p.File == file && p.Place.StartsWith("sequence ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_whole_agent_that_was_left_out_is_found()
    {
        using PackScene scene = new();
        await scene.ExportAsync();
        PackForge forge = PackForge.Open(scene.PathOf("pack.zip"));
        forge.Files.RemoveAll(f => f.Key.StartsWith("batches/gw-02", StringComparison.Ordinal));
        PackVerification verification = PackVerifier.Verify(forge.Write(scene.PathOf("forged.zip"), scene.Hub), scene.Keys);
        Assert.Contains(verification.Problems, p => p.Place.Contains("gw-02", StringComparison.Ordinal));
        Assert.Contains(verification.Problems, p => p.File == "metrics.json");
    }

    [Fact]
    public async Task A_seed_that_was_chosen_is_found()
    {
        using PackScene scene = new();
        await scene.ExportAsync();
        PackForge forge = PackForge.Open(scene.PathOf("pack.zip"));
        forge.Manifest = forge.Manifest with { Seed = new string('0', 64) };
        PackVerification verification = PackVerifier.Verify(forge.Write(scene.PathOf("forged.zip"), scene.Hub), scene.Keys);
        Assert.Contains(verification.Problems, p => p.Place == "$.seed");
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\b")]
    [InlineData("c:/x")]
    [InlineData("a//b")]
    [InlineData("a/.hidden/b")]
    [InlineData("line\nbreak")]
    [InlineData("")]
    public void Names_that_lead_elsewhere_are_refused(string path) => Assert.False(PackPath.IsSafe(path));

    private static List<byte[]> Records(byte[] file)
    {
        List<byte[]> records = [];
        for (int at = 0; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at)) + 4;
            records.Add(file[at..(at + length)]);
            at += length;
        }

        return records;
    }
}
