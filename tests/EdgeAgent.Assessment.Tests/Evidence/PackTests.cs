using System.IO.Compression;
using EdgeAgent.Assessment.Challenge;
using EdgeAgent.Assessment.Evidence;

namespace EdgeAgent.Assessment.Tests.Evidence;

public sealed class PackTests
{
    [Fact]
    public async Task An_untouched_pack_holds_and_its_figures_are_those_of_the_batches()
    {
        using PackScene scene = new();
        PackSummary summary = await scene.ExportAsync();

        PackVerification verification = PackVerifier.Verify(scene.PathOf("pack.zip"), scene.Keys);

        Assert.Empty(verification.Problems);
        Assert.Empty(summary.Warnings);
        Assert.Equal(summary.ManifestSha256, verification.ManifestSha256);
        Assert.Equal("N = 8; digital 8 (option E), networked 6 (option E); score 12.00, level 0", verification.Result.En);
        Assert.Equal("设备总数 8；数字化 8 台（选项 E），联网 6 台（选项 E）；得分 12.00，无等级", verification.Result.Zh);
        Assert.Equal(2, summary.Manifest.Chains.Count);
    }

    [Fact]
    public async Task Whose_challenges_there_are_is_told_and_what_the_enterprise_asked_itself_is_marked()
    {
        using PackScene scene = new();
        await scene.ExportAsync();
        PackVerification verification = PackVerifier.Verify(scene.PathOf("pack.zip"), scene.Keys);
        Assert.Equal(new ChallengeCounts(Assessor: 1, AssessorObserved: 1, AssessorByToken: 0, SelfTests: 1, Unrecorded: 1), verification.Challenges);
        Assert.Contains(verification.Challenges.Text, verification.Notes);
        string[] rows = System.Text.Encoding.UTF8.GetString(PackForge.Open(scene.PathOf("pack.zip"))["challenges.csv"]).TrimEnd().Split("\r\n");
        Assert.Equal(["role not recorded", "assessor's challenge", "self-test"], rows[1..].Select(r => r.Split(',')[1]));
        Assert.Equal(["no", "yes", "no"], rows[1..].Select(r => r.Split(',')[^1]));
    }

    [Fact]
    public async Task A_pack_of_a_time_before_the_table_of_challenges_still_holds_and_says_the_same_of_them()
    {
        using PackScene scene = new();
        await scene.ExportAsync();
        PackForge old = PackForge.Open(scene.PathOf("pack.zip"));
        old.Files.RemoveAll(f => f.Key == "challenges.csv");
        PackVerification verification = PackVerifier.Verify(old.Write(scene.PathOf("old.zip"), scene.Hub), scene.Keys);
        Assert.Empty(verification.Problems);
        Assert.Equal((1, 1, 1), (verification.Challenges.Assessor, verification.Challenges.SelfTests, verification.Challenges.Unrecorded));
    }

    [Fact]
    public async Task A_table_of_challenges_without_their_log_proves_nothing_and_is_named()
    {
        using PackScene scene = new();
        await scene.ExportAsync();
        PackForge forge = PackForge.Open(scene.PathOf("pack.zip"));
        forge.Files.RemoveAll(f => f.Key == "challenges.jsonl");
        PackVerification verification = PackVerifier.Verify(forge.Write(scene.PathOf("forged.zip"), scene.Hub), scene.Keys);
        Assert.Equal("challenges.csv", Assert.Single(verification.Problems).File);
        Assert.Equal(ChallengeCounts.None, verification.Challenges);
    }

    [Fact]
    public async Task Any_zip_program_can_open_it()
    {
        using PackScene scene = new();
        await scene.ExportAsync();
        using ZipArchive zip = ZipFile.OpenRead(scene.PathOf("pack.zip"));
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            using Stream content = entry.Open();
            using MemoryStream copy = new();
            content.CopyTo(copy); // Checks the sum.
            Assert.Equal(entry.Length, copy.Length);
        }

        Assert.Contains(zip.Entries, e => e.FullName == "metrics.json");
    }

    [Fact]
    public async Task Each_device_has_ten_samples_that_stand_in_their_batches()
    {
        using PackScene scene = new();
        await scene.ExportAsync();
        using ZipArchive zip = ZipFile.OpenRead(scene.PathOf("pack.zip"));
        using StreamReader reader = new(zip.GetEntry("samples.csv")!.Open());
        string[] rows = (await reader.ReadToEndAsync()).TrimEnd().Split("\r\n");
        Assert.Equal(1 + (6 * 10), rows.Length);
    }

    [Fact]
    public async Task The_same_inputs_give_the_same_bytes_but_for_the_signature()
    {
        using PackScene scene = new();
        await scene.ExportAsync("a.zip");
        await scene.ExportAsync("b.zip");
        byte[] a = await File.ReadAllBytesAsync(scene.PathOf("a.zip")), b = await File.ReadAllBytesAsync(scene.PathOf("b.zip"));
        Assert.Equal(a.Length, b.Length);
        int differing = Enumerable.Range(0, a.Length).Count(i => a[i] != b[i]);
        Assert.InRange(differing, 1, 64 + 8); // ECDSA signs with a new random number, and the entry's check sum stands twice.
    }

    [Fact]
    public async Task A_pack_of_another_hub_does_not_hold()
    {
        using PackScene scene = new(), other = new();
        await scene.ExportAsync();
        PackVerification verification = PackVerifier.Verify(scene.PathOf("pack.zip"), other.Keys);
        Assert.Contains(verification.Problems, p => p.File == "manifest.sig");
    }

    [Fact]
    public async Task What_the_store_no_longer_has_is_said_and_no_pack_is_made()
    {
        using PackScene scene = new();
        scene.Store.Remove("gw-01", new Guid("11111111-1111-1111-1111-111111111111"), 50);
        PackExportException problem = await Assert.ThrowsAsync<PackExportException>(() => scene.ExportAsync());
        Assert.Contains("retention", problem.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(scene.PathOf("pack.zip")));
    }

    [Fact]
    public async Task Packs_are_chained_and_the_seed_moves_with_the_pack_before()
    {
        using PackScene scene = new();
        PackSummary first = await scene.ExportAsync("a.zip");
        PackSummary second = await scene.ExportAsync("b.zip", first.ManifestSha256);
        Assert.Equal(first.ManifestSha256, second.Manifest.Previous);
        Assert.NotEqual(first.Manifest.Seed, second.Manifest.Seed);
        Assert.Empty(PackVerifier.Verify(scene.PathOf("b.zip"), scene.Keys).Problems);
    }

    [Fact]
    public async Task What_a_buffer_gave_up_and_declared_is_missed_in_the_accounts_and_named_among_the_gaps()
    {
        using PackScene scene = new(lostSequence: 40);
        PackSummary summary = await scene.ExportAsync();
        PackVerification verification = PackVerifier.Verify(scene.PathOf("pack.zip"), scene.Keys);
        Assert.Empty(verification.Problems);
        Assert.Empty(summary.Warnings);
        PackForge forge = PackForge.Open(scene.PathOf("pack.zip"));
        Assert.Contains("sequences 40 to 40: size-cap, declared in 41", System.Text.Encoding.UTF8.GetString(forge["gaps.csv"]), StringComparison.Ordinal);
        Assert.Contains(",12,0,0,12,", System.Text.Encoding.UTF8.GetString(forge["accounts.csv"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gap_that_nobody_declared_is_named_with_its_sequences()
    {
        using PackScene scene = new();
        scene.Store.Discarded.Add((new Guid("11111111-1111-1111-1111-111111111111"), new Core.Model.SequenceRange(50, 52)));
        for (long sequence = 50; sequence <= 52; sequence++)
        {
            scene.Store.Forget("gw-01", new Guid("11111111-1111-1111-1111-111111111111"), sequence);
        }

        PackSummary summary = await scene.ExportAsync();
        PackVerification verification = PackVerifier.Verify(scene.PathOf("pack.zip"), scene.Keys);
        Assert.Contains(verification.Problems, p => p.Text.Contains("batches 50 to 52", StringComparison.Ordinal));
        Assert.Single(summary.Warnings);
    }
}
