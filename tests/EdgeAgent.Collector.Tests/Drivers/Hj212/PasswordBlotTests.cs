using System.Text;
using EdgeAgent.Collector.Drivers.Hj212;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Collector.Tests.Drivers.Hj212;

public sealed class PasswordBlotTests
{
    private const string Line = "##0040QN=1;ST=31;CN=2011;PW=123456;MN=S1;Flag=4;CP=&&a=1&&0000\r\nPPW=77\r\nPW=9";
    private const string Blotted = "##0040QN=1;ST=31;CN=2011;PW=******;MN=S1;Flag=4;CP=&&a=1&&0000\r\nPPW=**\r\nPW=*";

    [Fact]
    public void The_password_is_gone_and_nothing_else() => Assert.Equal(Blotted, Encoding.ASCII.GetString(PasswordBlot.Of(Encoding.ASCII.GetBytes(Line))));

    [Fact]
    public void Wherever_the_line_is_cut_it_is_gone() => Prop.ForAll(Gen.Choose(1, 5).ArrayOf(Line.Length).ToArbitrary(), lengths =>
    {
        byte[] bytes = Encoding.ASCII.GetBytes(Line);
        var blot = new PasswordBlot();
        for (int at = 0, i = 0; at < bytes.Length; i++)
        {
            int end = Math.Min(bytes.Length, at + lengths[i]);
            blot.Apply(bytes.AsSpan(at..end));
            at = end;
        }

        Assert.Equal(Blotted, Encoding.ASCII.GetString(bytes));
    }).QuickCheckThrowOnFailure();
}
