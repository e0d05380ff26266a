using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Client;
using EdgeAgent.Protocols.Modbus.Client.Sessions;
using EdgeAgent.Protocols.Modbus.Framing;
using EdgeAgent.Protocols.Modbus.Pdu;
using EdgeAgent.Protocols.Modbus.Registers;
using EdgeAgent.Protocols.Modbus.Server;

namespace EdgeAgent.Fuzz;

/// <summary>Mutated frames against every decoder of the Modbus codecs, the client's sessions and the simulated device:
/// no exception, no hang, not a byte allocated.</summary>
public sealed class ModbusFuzz
{
    private const int Seed = 20_250_711;
    private const int MutationsPerTarget = 500_000;

    private static readonly byte[][] Seeds =
    [
        Convert.FromHexString("1501000000061103006B0003"),
        Convert.FromHexString("150100000009110306AE4156524340"),
        Convert.FromHexString("150100000003118302"),
        Convert.FromHexString("1103006B00037687"),
        Convert.FromHexString("110306AE415652434049AD"),
        Convert.FromHexString("2B0E01010000030016436F6D70616E79206964656E74696669636174696F6E010D50726F6475637420636F646520020556322E3131"),
        Convert.FromHexString("00010000003B112B0E01010000030016436F6D70616E79206964656E74696669636174696F6E010D50726F6475637420636F646520020556322E3131"),
        ":1103006B00037E\r\n"u8.ToArray(),
        ":110306AE4156524340CC\r\n"u8.ToArray(),
    ];

    [Fact]
    public void Decoders() => Run((mutated, scratch) =>
    {
        MbapFrame.Read(mutated, out _, out var pdu);
        RtuFrame.ReadResponse(mutated, out _, out _);
        RtuFrame.ReadRequest(mutated, out _, out _);
        AsciiFrame.Read(mutated, scratch, out var consumed, out _);
        AssertWithin(consumed, mutated.Length);
        ReadPdu.TryReadRequest(1, mutated, out _);
        ReadPdu.ReadResponse(new ModbusReadRequest(1, ModbusFunction.ReadHoldingRegisters, 0, 3), pdu, out _);
        DeviceIdentificationPdu.TryReadRequest(mutated, out _, out _);
        DeviceIdentificationPdu.TryReadResponse(mutated, out _, out var objects);
        while (DeviceIdentificationPdu.TryReadObject(ref objects, out _, out _))
        {
        }
    });

    [Fact]
    public void Registers() => Run((mutated, scratch) =>
    {
        var order = mutated.Length == 0 ? default : (ModbusOrder)(mutated[0] & 7);
        for (var type = ModbusValueType.Bit; type <= ModbusValueType.Bytes; type++)
        {
            RegisterDecoder.TryDecode(mutated, type, order, out _);
            RegisterDecoder.TryDecodeBit(mutated, type, order, mutated.Length, out _);
        }

        RegisterDecoder.TryDecodeString(mutated, order, scratch, out _);
        Span<char> letters = stackalloc char[Math.Min(mutated.Length, 8)];
        for (var i = 0; i < letters.Length; i++)
        {
            letters[i] = (char)('A' + (mutated[i] % 9));
        }

        ModbusOrderNames.TryParse(letters, 4, out _);
    });

    [Fact]
    public void Mbap_session() => RunSession(new MbapSession(new ClientCounters(), 4));

    [Fact]
    public void Rtu_session() => RunSession(new RtuSession(new ClientCounters()));

    [Fact]
    public void Ascii_session() => RunSession(new AsciiSession(new ClientCounters()));

    [Theory]
    [InlineData(ModbusFraming.Mbap)]
    [InlineData(ModbusFraming.Rtu)]
    [InlineData(ModbusFraming.Ascii)]
    public void Simulated_device(ModbusFraming framing)
    {
        var units = new ModbusUnits();
        var bank = new RegisterBank(registers: 500, bits: 500) { Identity = new ModbusDeviceIdentity("v", "p", "r") };
        for (var unit = 0; unit < 256; unit++)
        {
            units[(byte)unit] = bank;
        }

        var answers = new AnswerBuilder(new ModbusServerOptions { Framing = framing }, units, new ModbusFaultSwitches());
        // The identity's enumerator is the one thing that the device allocates, and only when asked who it is.
        Run(
            (mutated, scratch) =>
            {
                answers.Next(mutated, scratch, out var consumed, out var answerBytes, out _);
                AssertWithin(consumed, mutated.Length);
                AssertWithin(answerBytes, ModbusLimits.AsciiFrameBytesMax);
            },
            allocationPerMutationMax: 500);
    }

    /// <summary>A stream of mutated frames, cut anywhere, while requests come, expire and are answered.</summary>
    private static void RunSession(ReplySession session)
    {
        var pool = new RequestPool();
        var frame = new byte[ModbusLimits.AsciiFrameBytesMax];
        var stream = new byte[4096];
        var (length, round) = (0, 0);
        Run((mutated, _) =>
        {
            round++;
            while (session.CanBegin)
            {
                var request = pool.Rent();
                request.Request = (round & 7) == 0
                    ? new ModbusReadRequest(0x11, ModbusFunction.ReadDeviceIdentification, 0, 1)
                    : new ModbusReadRequest(0x11, (ModbusFunction)(1 + (round & 3)), 0x6B, (ushort)(1 + (round % 5)));
                request.Deadline = round + 20;
                session.Begin(request, frame);
            }

            if (length + mutated.Length > stream.Length)
            {
                Assert.Fail("the session keeps bytes for ever");
            }

            mutated.CopyTo(stream.AsSpan(length));
            length += mutated.Length;
            var start = 0;
            while (true)
            {
                var step = session.Next(stream.AsSpan(start, length - start));
                AssertWithin(step.Consumed, length - start);
                start += step.Consumed;
                Return(pool, step);
                if (step.Request is null && step.Consumed == 0)
                {
                    break;
                }
            }

            stream.AsSpan(start, length - start).CopyTo(stream);
            length -= start;
            for (var step = session.TakeExpired(round); step.Request is not null; step = session.TakeExpired(round))
            {
                Return(pool, step);
            }
        });
    }

    private static void Return(RequestPool pool, in SessionStep step)
    {
        if (step.Request is { } request)
        {
            pool.Return(request);
        }
    }

    /// <summary>xunit's own range check allocates its comparer, which would count against the code under test.</summary>
    private static void AssertWithin(int value, int max)
    {
        if (value < 0 || value > max)
        {
            Assert.Fail($"{value} is not within 0 to {max}");
        }
    }

    private delegate void Target(ReadOnlySpan<byte> mutated, Span<byte> scratch);

    private static void Run(Target target, int allocationPerMutationMax = 0)
    {
        var random = new Random(Seed);
        var mutated = new byte[700];
        var scratch = new byte[1024];
        for (var warm = 0; warm < 2_000; warm++)
        {
            target(mutated.AsSpan(0, Mutate(random, mutated)), scratch);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < MutationsPerTarget; i++)
        {
            target(mutated.AsSpan(0, Mutate(random, mutated)), scratch);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= (long)allocationPerMutationMax * MutationsPerTarget, $"{allocated} bytes for {MutationsPerTarget} mutations");
    }

    /// <summary>One of the seeds with bits flipped, bytes replaced, cut short, repeated or run on.</summary>
    private static int Mutate(Random random, byte[] destination)
    {
        var seed = Seeds[random.Next(Seeds.Length)];
        seed.CopyTo(destination, 0);
        var length = seed.Length;
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            switch (random.Next(6))
            {
                case 0:
                    destination[random.Next(length)] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    destination[random.Next(length)] = (byte)random.Next(256);
                    break;
                case 2:
                    length = random.Next(1, length + 1);
                    break;
                case 3:
                    destination[random.Next(length)] = random.Next(2) == 0 ? (byte)0xFF : (byte)0;
                    break;
                case 4 when length * 2 <= destination.Length:
                    destination.AsSpan(0, length).CopyTo(destination.AsSpan(length));
                    length *= 2;
                    break;
                default:
                    var more = random.Next(Math.Min(300, destination.Length - length) + 1);
                    random.NextBytes(destination.AsSpan(length, more));
                    length += more;
                    break;
            }
        }

        return length;
    }
}
