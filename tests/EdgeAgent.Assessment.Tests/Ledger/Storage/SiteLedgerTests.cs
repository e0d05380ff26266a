using System.Text;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Ledger.Storage;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;

namespace EdgeAgent.Assessment.Tests.Ledger.Storage;

public sealed class SiteLedgerTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2025, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-").FullName;
    private readonly FakeTimeProvider _time = new(Start);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Nothing_is_created_by_looking()
    {
        SiteLedger ledger = Open();
        Assert.Empty(ledger.Read().Events);
        Assert.Empty(ledger.Read().Latest.Entries);
        Assert.False(SiteLedger.Exists(_folder, "plant"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void Every_kind_of_change_survives_being_written_and_read()
    {
        SiteLedger ledger = Open();
        (string hash, long size) = ledger.Files.Keep(new MemoryStream("photo"u8.ToArray()));
        long now = UnixTicks.From(Start);
        EvidenceReference evidence = new("防火墙采购合同", hash, "3.2", "17");
        LedgerChange[] changes =
        [
            new AssetSet(Scene.Entry("A-1", DigitalBasis.Plc | DigitalBasis.AddedMonitoring) with { RetrofitDate = new DateOnly(2025, 1, 2), Remark = "备注" }),
            new AreaSet(new PlantArea("一车间", "一线")),
            new ProcessSet(new PlantProcess("冲压", IsKey: true, "一车间")),
            new BindingSet(new DeviceBinding("gw-01", "press-1", "A-1", now - 5, now + 5, "换网关")),
            new SceneSet(new SceneLevel("生产管控", 2, 1, [evidence])),
            new AnswerSet(new TypedAnswer(6, ["A", "B"], new Dictionary<string, decimal>(), [evidence], "")),
            new ProfileSet(new EnterpriseProfile("示例企业", "91350100M000100Y43", "张三")),
            new ProjectSet(new ProjectProfile("改造", "HT-1", new DateOnly(2025, 1, 1), null, "服务商", ["生产管控"],
                [new ProjectCost(CostKind.Software, "MES", "", "HT-1", new DateOnly(2025, 1, 1), 1000.50m, "FP-1", new DateOnly(2025, 2, 1), 900m, 950m, 12, ["A-1"])])),
            new StopSet(new DeclaredStop("S-1", "A-1", now, now + 10, "检修")),
            new FileAttached(new AttachedFile(hash, "铭牌.jpg", "铭牌照片", size, "asset:A-1")),
            new RuleSet(new RuleOverride("$.minCoverage", "0.8")),
            new SourceClassified(new SourceClassification("gw-01", "env-1", "环境传感器")),
        ];
        LedgerEvent recorded = ledger.Append(changes, "李工", "建账", "test");
        LedgerEvent read = Assert.Single(Open().Read().Events);
        Assert.Equal((recorded.Hash, recorded.AtTicks, "李工", "建账", "plant"), (read.Hash, read.AtTicks, read.Who, read.Why, read.Site));
        Assert.Equal(changes.Select(c => c.Subject), read.Changes.Select(c => c.Subject));
        DeviceLedger latest = Open().Read().Latest;
        Assert.Equal(recorded.Hash, latest.Sha256);
        LedgerEntry asset = latest.Find("a-1")!;
        Assert.Equal((DigitalBasis.Plc | DigitalBasis.AddedMonitoring, new DateOnly(2025, 1, 2), "备注"), (asset.DigitalBasis, asset.RetrofitDate!.Value, asset.Remark));
        Assert.Equal(["铭牌照片.jpg"], asset.Evidence);
        Assert.Equal(["一车间/一线"], latest.DeclaredAreas.Select(a => a.Key));
        Assert.True(latest.DeclaredProcesses.Single().IsKey);
        Assert.Equal("A-1", latest.FindBinding("gw-01", "press-1", now)!.AssetNo);
        Assert.Null(latest.FindBinding("gw-01", "press-1", now + 5));
        Assert.Equal(evidence, latest.Answers.FindScene("生产管控")!.Evidence.Single());
        Assert.Equal(["A", "B"], latest.Answers.Find(6)!.Options);
        Assert.Equal("91350100M000100Y43", latest.Profile!.CreditCode);
        Assert.Equal(900m, latest.Project!.Costs.Single().SettledYuan);
        Assert.Equal(recorded.AtTicks, latest.Stops.Single().LoggedAtTicks);
        Assert.Equal(("李工", "建账", recorded.AtTicks), (latest.Overrides.Single().Who, latest.Overrides.Single().Why, latest.Overrides.Single().AtTicks));
        Assert.Equal("环境传感器", latest.Classifications.Single().Class);
        Assert.Equal("铭牌.jpg", latest.FilesOf("asset:a-1").Single().Name);
        Assert.True(Open().Files.IsIntact(hash));
    }

    [Fact]
    public void The_ledger_of_any_past_instant_is_what_was_recorded_until_then()
    {
        SiteLedger ledger = Open();
        List<(long At, string[] Assets)> moments = [(UnixTicks.From(Start.AddSeconds(-2)), [])];
        HashSet<string> assets = [];
        Random random = new(7);
        for (int i = 0; i < 60; i++)
        {
            string asset = $"A-{random.Next(12):00}";
            LedgerChange change = assets.Remove(asset) ? new AssetRemoved(asset) : new AssetSet(Scene.Entry(asset));
            _ = change is AssetSet && assets.Add(asset);
            LedgerEvent happened = ledger.Append([change], "李工", "盘点", "test");
            moments.Add((happened.AtTicks, [.. assets.Order(StringComparer.Ordinal)]));
            _time.Advance(TimeSpan.FromMinutes(random.Next(1, 500)));
        }

        LedgerHistory history = Open().Read();
        foreach ((long at, string[] expected) in moments.OrderBy(_ => random.Next()))
        {
            Assert.Equal(expected, history.AsOf(at).Entries.Select(e => e.AssetNo));
            Assert.Equal(expected, history.AsOf(at + UnixTicks.PerSecond).Entries.Select(e => e.AssetNo));
        }

        Assert.Equal(history.HeadHash, history.AsOf(long.MaxValue).Sha256);
        Assert.Equal(60, history.Between(long.MinValue, long.MaxValue).Count);
        Assert.All(moments.Skip(1), m => Assert.True(history.Contains(history.AsOf(m.At).Sha256)));
    }

    [Fact]
    public void Any_flipped_byte_of_the_file_is_found()
    {
        for (int i = 0; i < 4; i++)
        {
            Open().Append([new AssetSet(Scene.Entry($"A-{i}"))], "李工", "建账", "test");
        }

        string path = Events();
        byte[] good = File.ReadAllBytes(path);
        Random random = new(20251122);
        foreach (int at in Enumerable.Range(0, 400).Select(_ => random.Next(good.Length)).Append(good.Length - 1))
        {
            byte[] bad = [.. good];
            bad[at] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, bad);
            Assert.True(IsDamaged(), $"byte {at} of {good.Length}");
        }

        File.WriteAllBytes(path, good);
        Assert.Equal(4, Open().Read().Events.Count);
    }

    [Fact]
    public void Removed_swapped_and_inserted_events_are_found_with_their_line()
    {
        for (int i = 0; i < 5; i++)
        {
            Open().Append([new AssetSet(Scene.Entry($"A-{i}"))], "李工", "建账", "test");
        }

        string path = Events();
        string[] lines = File.ReadAllLines(path);
        string[][] edits =
        [
            [.. lines[..2], .. lines[3..]], lines[1..], lines[..4], [lines[0], lines[2], lines[1], .. lines[3..]], [.. lines[..3], lines[2], .. lines[3..]], [],
        ];
        Assert.All(edits, edited =>
        {
            File.WriteAllText(path, string.Concat(edited.Select(l => l + "\n")));
            Assert.True(IsDamaged());
        });
        File.WriteAllText(path, string.Concat(edits[0].Select(l => l + "\n")));
        LedgerDamagedException damage = Assert.Throws<LedgerDamagedException>(() => Open());
        Assert.Equal((3, (long)Encoding.UTF8.GetByteCount(lines[0] + lines[1]) + 2), (damage.Line, damage.Offset));
        Assert.Contains("event 4 stands where event 3 belongs", damage.Message);
    }

    [Fact]
    public void A_rewritten_history_is_not_the_one_that_a_report_named()
    {
        SiteLedger ledger = Open();
        ledger.Append([new AssetSet(Scene.Entry("A-1"))], "李工", "建账", "test");
        string printed = ledger.Read().HeadHash;
        Directory.Delete(ledger.Folder, recursive: true);
        Open().Append([new AssetSet(Scene.Entry("A-2"))], "李工", "建账", "test");
        Assert.False(Open().Read().Contains(printed));
    }

    [Fact]
    public void A_power_cut_at_any_byte_costs_the_event_that_was_not_confirmed_and_no_other()
    {
        SiteLedger ledger = Open();
        ledger.Append([new AssetSet(Scene.Entry("A-1"))], "李工", "建账", "test");
        byte[] before = File.ReadAllBytes(Events());
        string head = Path.Combine(Path.GetDirectoryName(Events())!, "head");
        byte[] headBefore = File.ReadAllBytes(head);
        ledger.Append([new AssetSet(Scene.Entry("A-2"))], "李工", "建账", "test");
        byte[] after = File.ReadAllBytes(Events());
        for (int length = before.Length; length <= after.Length; length += 37)
        {
            File.WriteAllBytes(Events(), after[..length]);
            File.WriteAllBytes(head, headBefore);
            SiteLedger reopened = Open();
            Assert.Equal(["A-1"], reopened.Read().Latest.Entries.Select(e => e.AssetNo));
            reopened.Append([new AssetSet(Scene.Entry("A-3"))], "李工", "再来", "test");
            Assert.Equal(["A-1", "A-3"], Open().Read().Latest.Entries.Select(e => e.AssetNo));
        }
    }

    [Fact]
    public async Task Writers_of_several_processes_take_turns_and_readers_see_whole_events()
    {
        const int Writers = 4;
        const int Each = 15;
        using CancellationTokenSource done = new();
        Task reader = Task.Run(() =>
        {
            SiteLedger ledger = Open();
            while (!done.IsCancellationRequested)
            {
                LedgerHistory history = ledger.Read();
                Assert.Equal(history.Events.Count, history.Latest.Entries.Count);
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            SiteLedger ledger = Open(); // another object on the same files is what another process is
            for (int i = 0; i < Each; i++)
            {
                ledger.Append([new AssetSet(Scene.Entry($"A-{writer}-{i}"))], $"工程师{writer}", "建账", "test");
            }
        })));
        await done.CancelAsync();
        await reader.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(Writers * Each, Open().Read().Events.Count);
    }

    [Fact]
    public void A_decision_that_rests_on_an_older_state_is_refused()
    {
        SiteLedger ledger = Open();
        string seen = ledger.Read().HeadHash;
        Open().Append([new AssetSet(Scene.Entry("A-1"))], "王工", "建账", "test");
        Assert.Throws<LedgerMovedException>(() => ledger.Append([new AssetSet(Scene.Entry("A-2"))], "李工", "建账", "test", seen: seen));
        Assert.Single(Open().Read().Events);
    }

    [Fact]
    public void A_clock_that_was_set_back_is_refused_and_a_small_step_is_not()
    {
        SiteLedger ledger = Open();
        ledger.Append([new AssetSet(Scene.Entry("A-1"))], "李工", "建账", "test");
        SiteLedger Earlier(TimeSpan back) => SiteLedger.Open(_folder, "plant", new FakeTimeProvider(Start - back));
        LedgerEvent second = Earlier(TimeSpan.FromMinutes(1)).Append([new AssetSet(Scene.Entry("A-2"))], "李工", "建账", "test");
        Assert.Equal(UnixTicks.From(Start), second.AtTicks);
        Assert.Contains("clock", Assert.Throws<LedgerRefusedException>(() => Earlier(TimeSpan.FromHours(1)).Append([new AssetSet(Scene.Entry("A-3"))], "李工", "建账", "test")).Message);
    }

    [Fact]
    public void Sites_do_not_share_anything_whatever_they_are_called()
    {
        foreach (string site in new[] { "plant", "..", ".", "a b", "厂区一", "plant%2E" })
        {
            SiteLedger.Open(_folder, site, _time).Append([new AssetSet(Scene.Entry(site.Length.ToString()))], "李工", "建账", "test");
        }

        Assert.All(new[] { "plant", "..", ".", "a b", "厂区一", "plant%2E" }, site => Assert.Single(SiteLedger.Open(_folder, site, _time).Read().Events));
        Assert.Equal(["ledger"], Directory.EnumerateFileSystemEntries(_folder).Select(e => Path.GetFileName(e)));
    }

    [Fact]
    public void A_file_that_was_exchanged_is_noticed()
    {
        SiteLedger ledger = Open();
        (string hash, _) = ledger.Files.Keep(new MemoryStream("photo"u8.ToArray()));
        Assert.Equal(hash, ledger.Files.Keep(new MemoryStream("photo"u8.ToArray())).Sha256);
        string path = Directory.EnumerateFiles(ledger.Folder, hash, SearchOption.AllDirectories).Single();
        File.WriteAllText(path, "other");
        Assert.False(ledger.Files.IsIntact(hash));
        Assert.False(ledger.Files.Has("../../" + hash));
        Assert.False(ledger.Files.Has(new string('a', 64)));
    }

    private SiteLedger Open() => SiteLedger.Open(_folder, "plant", _time);

    private string Events() => Directory.EnumerateFiles(_folder, "events.jsonl", SearchOption.AllDirectories).Single();

    private bool IsDamaged()
    {
        try
        {
            Open();
            return false;
        }
        catch (LedgerDamagedException)
        {
            return true;
        }
    }
}
