using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using EdgeAgent.Alarms.Mail;

namespace EdgeAgent.Alarms.Notify;

/// <summary>Sends over HTTP and SMTP.</summary>
/// <param name="trust">Decides about servers' certificates; null leaves it to the system.</param>
internal sealed class AlarmSender(string site, TimeProvider time, RemoteCertificateValidationCallback? trust = null) : IAlarmSender, IDisposable
{
    private const int AnswerBytesMax = 64 << 10;
    private static readonly TimeSpan TimeMost = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, // A robot does not move; a redirect would carry the message to somebody else.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = trust },
    }) { Timeout = TimeMost, MaxResponseContentBufferSize = AnswerBytesMax };

    public async Task SendAsync(AlarmChannel channel, AlarmRecord? alarm, CancellationToken cancellation)
    {
        bool zh = channel.Language != "en";
        string test = zh ? $"{site}：这是一条测试消息，收到即表示通知已可用。" : $"{site}: this is a test; if you can read it, notifications arrive.";
        string body = alarm is null ? test : AlarmText.Body(alarm, site, zh);
        try
        {
            if (channel.Kind == ChannelKind.Mail)
            {
                using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                limit.CancelAfter(TimeMost);
                MailMessageText message = new(channel.Mail!.From, channel.Mail.To, alarm is null ? test : AlarmText.Title(alarm, site, zh), body, time.GetUtcNow());
                await SmtpSubmission.SendAsync(channel.Mail, message, trust, limit.Token);
                return;
            }

            await PostAsync(channel, body, alarm, cancellation);
        }
        catch (Exception problem) when (problem is HttpRequestException or SocketException or IOException or SmtpException or AuthenticationException or UriFormatException
            || (problem is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            string what = problem is OperationCanceledException ? $"no answer within {TimeMost.TotalSeconds:0} s" : problem.Message;
            throw new NotifyException($"{channel.Name}: {what}", problem);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task PostAsync(AlarmChannel channel, string text, AlarmRecord? alarm, CancellationToken cancellation)
    {
        (Uri address, byte[] body) = WebhookMessage.Of(channel, text, alarm, site, time.GetUtcNow());
        using ByteArrayContent content = new(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        using HttpResponseMessage answer = await _http.PostAsync(address, content, cancellation);
        // As UTF-8 whatever the answer says of itself: a proxy that names a character set which is unknown here makes a text of it impossible.
        string told = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(cancellation));
        string? problem = answer.IsSuccessStatusCode ? WebhookMessage.ProblemOf(channel.Kind, told) : $"HTTP {(int)answer.StatusCode} {answer.ReasonPhrase}";
        if (problem is not null)
        {
            throw new NotifyException($"{channel.Name}: {problem}");
        }
    }
}
