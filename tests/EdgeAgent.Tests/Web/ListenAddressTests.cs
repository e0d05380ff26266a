using EdgeAgent.Web;

namespace EdgeAgent.Tests.Web;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:8080", "127.0.0.1:8080")]
    [InlineData("localhost:80", "127.0.0.1:80")]
    [InlineData("*:1883", "[::]:1883")]
    [InlineData("[::1]:9", "[::1]:9")]
    [InlineData("0.0.0.0:0", "0.0.0.0:0")]
    public void Addresses_as_people_write_them(string text, string expected)
    {
        Assert.True(ListenAddress.TryParse(text, out System.Net.IPEndPoint endpoint));
        Assert.Equal(expected, endpoint.ToString());
    }

    [Theory]
    [InlineData("8080")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("host.example:80")]
    [InlineData("127.0.0.1:99999")]
    [InlineData("")]
    public void Anything_else_is_refused(string text) => Assert.False(ListenAddress.TryParse(text, out _));
}
