using System.Globalization;
using System.Security.Cryptography;
using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Configuration;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Buffer;

/// <summary>kill -9 at any moment: what was promised is there, the chain is whole, and the next process goes on with it.</summary>
public sealed class KillTests
{
    [Theory]
    [InlineData(BufferDurability.Normal, 15)]
    [InlineData(BufferDurability.Full, 5)]
    public async Task What_was_promised_survives_a_kill(BufferDurability durability, int kills)
    {
        using var directory = new TempDirectory();
        var random = new Random();
        long promised = 0;
        Guid incarnation = default;
        for (int kill = 0; kill < kills; kill++)
        {
            await using PartnerProcess child = PartnerProcess.Start(
                "dotnet", ["exec", typeof(AppendUntilKilled).Assembly.Location, AppendUntilKilled.Verb, directory.Path, durability.ToString()]);
            await child.WaitForLineAsync($"appended {promised + random.Next(1, 80)}");
            child.Kill();
            await child.WaitForExitAsync();
            promised = LastPromise(child.Output);

            await using BatchBuffer buffer = BatchBuffer.Open(
                AppendUntilKilled.OptionsFor(directory.Path, durability), TimeProvider.System, NullLogger.Instance);
            Assert.True(kill == 0 || buffer.Incarnation == incarnation);
            incarnation = buffer.Incarnation;
            Assert.True(buffer.NextSequence > promised, $"{promised} was promised, {buffer.NextSequence} is next");
            Assert.True(buffer.ReadStatistics().Balances);
            VerifyChain(buffer);
            promised = buffer.NextSequence - 1;
        }
    }

    private static long LastPromise(string output)
    {
        // The last line may be cut off by the kill.
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Select(l => l.Trim().Split(' ')).Where(l => l is ["appended", _])
            .Max(l => long.Parse(l[1], CultureInfo.InvariantCulture));
    }

    private static void VerifyChain(BatchBuffer buffer)
    {
        var block = new BufferBlock();
        Assert.True(buffer.TryRead("hub", 0, int.MaxValue, int.MaxValue, block));
        long? sequence = null;
        byte[]? hash = null;
        foreach (BufferedBatch batch in block.Batches)
        {
            ReadOnlySpan<byte> signed = block.Signed(batch).Span;
            Assert.True(sequence is null || batch.Sequence == sequence + 1, $"{batch.Sequence} follows {sequence}");
            Assert.True(hash is null || signed[..32].SequenceEqual(hash), $"{batch.Sequence} does not name the one before");
            hash = SHA256.HashData(signed);
            Assert.Equal(hash, block.Hash(batch).ToArray());
            sequence = batch.Sequence;
        }

        Assert.Equal(buffer.NextSequence - 1, sequence);
        Assert.Equal(hash, buffer.LastHash.ToArray());
    }
}
