using EdgeAgent.Protocols.Cjt188;
using EdgeAgent.Protocols.Dlt645;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Fuzz;

/// <summary>Mutated frames against the codecs of meters and what their clients make of them: no exception, no hang, not a byte allocated.</summary>
public sealed class MeterFuzz
{
    private const int Seed = 645_188;
    private const int MutationsPerTarget = 1_000_000;

    private static readonly byte[][] Seeds =
    [
        Convert.FromHexString("68250403020100681104333334" + "33E116"),
        Convert.FromHexString("FEFEFEFE68250403020100689108333334337539453" + "38B16"),
        Convert.FromHexString("6861010000000068910833333433593333338A16"),
        Convert.FromHexString("68AAAAAAAAAAAA681300DF16"),
        Convert.FromHexString("FEFEFE68104433221100337801031F90008016"),
        Convert.FromHexString("68104433221100337881161F9000007856342C00785634" + "2C3020102211262004000016"),
    ];

    [Fact]
    public void Dlt645()
    {
        var data = new byte[Dlt645Frame.DataBytesMax];
        var reader = new Dlt645AnswerReader();
        Assert.True(MeterAddress.TryParse("000102030425", out var address));
        Run(mutated =>
        {
            Dlt645Frame.Find(mutated, data, out _, out var consumed);
            AssertWithin(consumed, mutated.Length);
            reader.Expect(Dlt645Control.Of(Dlt645Version.V2007), 0x11, address, 0x00010000);
            if (reader.Read(mutated, out consumed) == ExchangeStatus.Ok)
            {
                BcdNumber.TryRead(reader.Data, signed: true, out _);
            }

            AssertWithin(consumed, mutated.Length);
        });
    }

    [Fact]
    public void Cjt188()
    {
        var reader = new Cjt188AnswerReader();
        Assert.True(Cjt188Address.TryParse("78330011223344", out var address));
        var meter = new Cjt188Meter(0x10, address);
        var wire = new byte[Cjt188Address.Bytes];
        address.Write(wire, highestFirst: false);
        byte[] head = [0x1F, 0x90, 0x00];
        Run(mutated =>
        {
            Cjt188Frame.Find(mutated, out _, out var consumed);
            AssertWithin(consumed, mutated.Length);
            reader.Expect(meter, wire, head);
            if (reader.Read(mutated, out consumed) == ExchangeStatus.Ok)
            {
                BcdNumber.TryRead(reader.Data, signed: false, out _);
            }

            AssertWithin(consumed, mutated.Length);
        });
    }

    private delegate void Target(ReadOnlySpan<byte> mutated);

    private static void Run(Target target)
    {
        var mutations = new SeededMutations(Seed, Seeds);
        target(mutations.Next());
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < MutationsPerTarget; i++)
        {
            target(mutations.Next());
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    /// <summary>Without the boxes of xunit's own.</summary>
    private static void AssertWithin(int consumed, int length)
    {
        if (consumed < 0 || consumed > length)
        {
            Assert.Fail($"{consumed} of {length} bytes consumed");
        }
    }
}
