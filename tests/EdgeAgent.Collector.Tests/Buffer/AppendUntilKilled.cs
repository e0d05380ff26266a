using System.Security.Cryptography;
using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Buffer;

/// <summary>The program that <see cref="KillTests"/> starts and kills: appends, and says what it was promised after each append.</summary>
internal static class AppendUntilKilled
{
    public const string Verb = "append-until-killed";

    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is not [Verb, string directory, string durability])
        {
            Console.Error.WriteLine("This is a test assembly; run it with dotnet test.");
            return 2;
        }

        await using BatchBuffer buffer = BatchBuffer.Open(
            OptionsFor(directory, Enum.Parse<BufferDurability>(durability)), TimeProvider.System, NullLogger.Instance);
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        while (true)
        {
            long sequence = buffer.NextSequence;
            // The batch names the one before it, as real ones do.
            byte[] signed = [.. buffer.LastHash.Span, .. RandomNumberGenerator.GetBytes(Random.Shared.Next(20_000))];
            if (buffer.Append(signed, BufferFixture.Record(buffer, signed, TimeProvider.System)) != AppendStatus.Appended)
            {
                return 1;
            }

            output.WriteLine($"appended {sequence}");
            if (sequence % 10 == 0)
            {
                buffer.Acknowledge("hub", buffer.Incarnation, sequence - 20);
            }
        }
    }

    public static BufferOptions OptionsFor(string directory, BufferDurability durability) =>
        new() { Directory = directory, Durability = durability, Cursors = ["hub"], AcknowledgeDelayMs = 1 };
}
