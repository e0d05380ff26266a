using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Certificates;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Sessions;
using EdgeAgent.Protocols.Tests.OpcUa.Channels;
using EdgeAgent.TestKit;

namespace EdgeAgent.Protocols.Tests.OpcUa.Client;

public sealed class SessionTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_server_that_lost_the_session_gets_a_new_one_on_the_same_connection()
    {
        await using ClientUnderTest test = await new ClientUnderTest().ConnectedAsync();
        test.Server.Sessions.Clear();
        Assert.Equal(StatusCodes.BadSessionIdInvalid, (await test.ReadAsync()).Value);
        await test.PassUntilAsync(() => test.Client.SessionNumber == 2, TimeSpan.FromSeconds(1));
        // One connection more, and on it the attempt to go on, the new session and its activation.
        Assert.Equal(2, test.Server.Connections.Count);
        Assert.Equal(StatusCodes.Good, (await test.ReadAsync()).Value);
    }

    [Fact]
    public async Task Attempts_grow_apart_until_one_succeeds()
    {
        await using ClientUnderTest test = await new ClientUnderTest().ConnectedAsync();
        int attempts = 0;
        test.Server.RefusesConnections = true;
        test.Server.Last.Link.Close();
        await test.PassUntilAsync(() => test.Client.LastProblem.Contains("refused", StringComparison.Ordinal), TimeSpan.FromMilliseconds(250));
        test.Server.RefusesConnections = false;
        attempts = test.Server.Connections.Count;
        await test.PassUntilAsync(() => test.Client.State == OpcUaClientState.Connected, TimeSpan.FromMilliseconds(250), 20);
        Assert.Equal(attempts + 1, test.Server.Connections.Count);
    }

    [Fact]
    public void Delays_double_to_the_longest_and_half_of_them_is_random()
    {
        var low = new ReconnectDelay(1000, 6000, () => 0);
        var high = new ReconnectDelay(1000, 6000, () => 1);
        Assert.Equal([500, 1000, 2000, 3000, 3000], Enumerable.Range(0, 5).Select(_ => (int)low.Next().TotalMilliseconds));
        Assert.Equal([1000, 2000, 4000, 6000, 6000], Enumerable.Range(0, 5).Select(_ => (int)high.Next().TotalMilliseconds));
        low.Reset();
        Assert.Equal(500, low.Next().TotalMilliseconds);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_in_time_and_the_step_is_named()
    {
        var test = new ClientUnderTest();
        test.Server.IsSilent = true;
        await using (test)
        {
            Task connecting = test.Client.ConnectAsync();
            test.Time.Advance(TimeSpan.FromSeconds(20));
            var failure = await Assert.ThrowsAsync<OpcUaConnectException>(() => connecting);
            Assert.Contains("Acknowledge", failure.Message, StringComparison.Ordinal);
            Assert.Equal(OpcUaClientState.Disconnected, test.Client.State);
        }
    }

    [Fact]
    public async Task Under_security_everything_is_signed_encrypted_and_checked()
    {
        await using ClientUnderTest test = await new ClientUnderTest(Secure).ConnectedAsync();
        Assert.Equal(StatusCodes.Good, (await test.ReadAsync()).Value);
        Assert.Equal(SecurityPolicy.Basic256Sha256, test.Client.ChannelPolicy);
        test.Server.Last.Link.Close();
        await test.PassUntilAsync(() => test.Client.ConnectionNumber == 2, TimeSpan.FromSeconds(1));
        Assert.Equal(1, test.Client.SessionNumber);
        // Asked for the endpoints once.
        Assert.Equal(3, test.Server.Connections.Count);
    }

    [Fact]
    public async Task A_server_that_offers_more_once_the_channel_is_safe_was_made_to_look_weaker()
    {
        var test = new ClientUnderTest(Secure);
        test.Server.Created = response => response with { Endpoints = [.. response.Endpoints!, test.Server.Endpoint(SecurityPolicy.Aes256Sha256RsaPss)] };
        await RefusedAsync(test, StatusCodes.BadSecurityChecksFailed, "weaker");
    }

    [Fact]
    public async Task A_server_that_signs_wrongly_is_not_believed()
    {
        var test = new ClientUnderTest(Secure);
        test.Server.Created = static response => response with { Signature = response.Signature with { Signature = new byte[256] } };
        await RefusedAsync(test, StatusCodes.BadApplicationSignatureInvalid, "signature");
    }

    [Fact]
    public async Task A_session_of_another_certificate_than_the_channels_is_not_believed()
    {
        var test = new ClientUnderTest(Secure);
        using OwnCertificate other = TestCertificates.Own("client");
        test.Server.Created = response => response with { ServerCertificate = other.Der };
        await RefusedAsync(test, StatusCodes.BadCertificateInvalid, "certificate");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    public async Task A_nonce_that_is_too_short_is_refused(int bytes)
    {
        var test = new ClientUnderTest(Secure);
        test.Server.Nonce = () => new byte[bytes];
        await RefusedAsync(test, StatusCodes.BadNonceInvalid, "nonce");
    }

    [Fact]
    public async Task A_nonce_that_was_used_before_is_refused()
    {
        var test = new ClientUnderTest(Secure);
        byte[] only = new byte[32];
        test.Server.Nonce = () => only;
        await RefusedAsync(test, StatusCodes.BadNonceInvalid, "nonce");
    }

    [Fact]
    public async Task A_password_is_not_sent_in_clear_unless_that_is_allowed()
    {
        static OpcUaClientOptions User(OpcUaClientOptions options) => options with { Identity = new OpcUaUserIdentity.UserName("operator", "geheim") };
        var test = new ClientUnderTest(User);
        OpcUaConnectException failure = await RefusedAsync(test, StatusCodes.BadSecurityModeRejected, "operator");
        Assert.DoesNotContain("geheim", failure.Message, StringComparison.Ordinal);
        await using ClientUnderTest allowed = await new ClientUnderTest(options => User(options) with { AllowPlainTextPassword = true }).ConnectedAsync();
        Assert.Equal(StatusCodes.Good, (await allowed.ReadAsync()).Value);
    }

    [Fact]
    public async Task What_the_server_does_not_offer_is_told_with_what_it_offers()
    {
        var test = new ClientUnderTest(options => Secure(options) with { SecurityPolicy = SecurityPolicy.Aes256Sha256RsaPss });
        OpcUaConnectException failure = await RefusedAsync(test, StatusCodes.BadSecurityPolicyRejected, "Aes256_Sha256_RsaPss");
        Assert.Contains("Basic256Sha256 SignAndEncrypt", failure.Message, StringComparison.Ordinal);
    }

    private OpcUaClientOptions Secure(OpcUaClientOptions options) => options with
    {
        SecurityMode = MessageSecurityMode.SignAndEncrypt,
        CertificateStore = new OpcUaCertificateStore(_directory.Path),
        AutoAcceptServerCertificate = true,
    };

    private static async Task<OpcUaConnectException> RefusedAsync(ClientUnderTest test, uint status, string word)
    {
        await using (test)
        {
            var failure = await Assert.ThrowsAsync<OpcUaConnectException>(() => test.Client.ConnectAsync());
            Assert.Equal(StatusCodes.NameOf(status), StatusCodes.NameOf(failure.Status.Value));
            Assert.Contains(word, failure.Message, StringComparison.Ordinal);
            return failure;
        }
    }
}
