using EdgeAgent.Protocols.Serial;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Protocols.Tests.Serial;

public sealed class BcdNumberTests
{
    [Theory]
    [InlineData("42061200", false, 120642)]
    [InlineData("4206", true, 642)]
    [InlineData("4286", true, -642)]
    [InlineData("4286", false, 8642)]
    [InlineData("00000080", true, 0)]
    public void Numbers_with_and_without_sign(string bytes, bool signed, long value)
    {
        Assert.True(BcdNumber.TryRead(Convert.FromHexString(bytes), signed, out var read));
        Assert.Equal(value, read);
    }

    [Theory]
    [InlineData("0A")]
    [InlineData("A0")]
    [InlineData("00FF")]
    [InlineData("")]
    [InlineData("000000000000000000")]
    public void What_is_no_digits_is_no_number(string bytes) => Assert.False(BcdNumber.TryRead(Convert.FromHexString(bytes), false, out _));

    [Fact]
    public void Numbers_survive_the_way() => Prop.ForAll<int>(number =>
    {
        var bytes = new byte[6];
        BcdNumber.Write(bytes, number, signed: true);
        return BcdNumber.TryRead(bytes, signed: true, out var read) && read == number;
    }).QuickCheckThrowOnFailure();
}
