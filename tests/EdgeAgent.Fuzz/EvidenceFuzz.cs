using System.Text;
using EdgeAgent.Assessment.Challenge;
using EdgeAgent.Assessment.Evidence;
using EdgeAgent.Assessment.Evidence.Container;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Fuzz;

/// <summary>Damaged parts of evidence packs against their readers: no exception, and nothing that differs is taken for the same.</summary>
public sealed class EvidenceFuzz
{
    private const int Seed = 20_261_122;

    [Fact]
    public void Central_directories()
    {
        List<PackEntry> entries = [];
        foreach (string path in (string[])["README.txt", "batches/gw-01/000000000001.batches", "截图/一.png", "manifest.json", "manifest.sig"])
        {
            entries.Add(new PackEntry(path, entries.Count == 0 ? 0 : entries[^1].End, 100 + entries.Count, 0x1234_5678));
        }

        byte[] tail = PackZip.Tail(entries, entries[^1].End);
        SeededMutations mutations = new(Seed, [tail]);
        for (int i = 0; i < 300_000; i++)
        {
            ReadOnlySpan<byte> mutated = mutations.Next();
            _ = PackZip.FindCentral(mutated.Length > PackZip.TailBytes ? mutated[^PackZip.TailBytes..] : mutated);
            List<PackEntry> read = [];
            bool same = mutated.SequenceEqual(tail);
            if (PackZip.TryReadCentral(mutated, read) && !same && read.SequenceEqual(entries))
            {
                Assert.False(PackZip.Tail(read, entries[^1].End).AsSpan().SequenceEqual(mutated));
            }
        }
    }

    [Fact]
    public void Account_tables()
    {
        byte[] table = AccountTable.Write([.. Enumerable.Range(0, 4).Select(i => new DeviceHour(
            new AgentKey("plant", "gw-01"), $"press,{i}", "=A", "modbus-tcp", "tcp://\"x\"", new ScanAccount(0, 490_000 + i, Provenance.Live, 60, 60, 0, 0, 0, 0, 0, 60, 30)))]);
        SeededMutations mutations = new(Seed, [table]);
        for (int i = 0; i < 60_000; i++)
        {
            ReadOnlySpan<byte> mutated = mutations.Next();
            if (AccountTable.TryRead(mutated, "plant", out BilingualText problem) is null)
            {
                Assert.NotEmpty(problem.En);
            }
        }
    }

    [Fact]
    public void Manifests_statements_and_audit_logs()
    {
        byte[] manifest = new PackManifest(
            PackManifest.FormatName, 1, "id", "plant", DateTimeOffset.UnixEpoch, "7d", 1, 2, DateTimeOffset.UnixEpoch, "1", null, null, new string('a', 64),
            [new PackChain("gw-01", "x", 1, 2, 2, "y")], [new PackFile("a", 1, "00000000", "z")]).Write();
        byte[] agents = PackAgents.Write([new PackAgent("plant", "gw-01", "AAAA", "", "")]);
        byte[] log = Encoding.UTF8.GetBytes("{\"sequence\":1,\"at\":\"2025-11-20T00:00:00+00:00\",\"who\":\"甲\",\"what\":\"x\",\"facts\":{\"a\":\"b\"},\"previous\":\"" + AuditChain.NoHash + "\"}\n");
        SeededMutations mutations = new(Seed, [manifest, agents, log]);
        for (int i = 0; i < 120_000; i++)
        {
            ReadOnlySpan<byte> mutated = mutations.Next();
            _ = PackManifest.TryRead(mutated);
            _ = PackAgents.TryRead(mutated);
            _ = PackObserved.TryRead(mutated);
            _ = AuditChain.Read(mutated, out _);
        }
    }
}
