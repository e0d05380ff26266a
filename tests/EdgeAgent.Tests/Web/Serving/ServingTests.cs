using System.Net;
using System.Net.Http.Json;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Tests.Web.Access;
using EdgeAgent.Tests.Web.Api;
using EdgeAgent.Web.Serving;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EdgeAgent.Tests.Web.Serving;

/// <summary>What every request passes, and what every answer carries.</summary>
public sealed class ServingTests(WholeProgram program) : IClassFixture<WholeProgram>, IDisposable
{
    private readonly HttpClient _client = new(new HttpClientHandler { UseCookies = false }) { BaseAddress = program.Address };

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("/api/session", HttpStatusCode.OK)]
    [InlineData("/api/accounts", HttpStatusCode.Unauthorized)]
    [InlineData("/api/nothing-of-the-kind", HttpStatusCode.NotFound)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    public async Task Every_answer_of_the_api_forbids_to_run_frame_or_guess_it(string path, HttpStatusCode status)
    {
        HttpResponseMessage answer = await _client.GetAsync(path);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.True(status == HttpStatusCode.OK || answer.Content.Headers.ContentType!.MediaType == "application/problem+json");
    }

    [Theory]
    [InlineData("rebound.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost.rebound.example:8080", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1:99", HttpStatusCode.OK)]
    [InlineData("[::1]:99", HttpStatusCode.OK)]
    public async Task A_name_that_somebody_let_point_to_this_machine_reaches_nothing(string host, HttpStatusCode expected)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/api/session");
        request.Headers.Host = host;
        Assert.Equal(expected, (await _client.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("https://elsewhere.example", null, true)]
    [InlineData("null", null, true)]
    [InlineData("http://127.0.0.1:1", null, true)]
    [InlineData(null, "cross-site", true)]
    [InlineData("own", "same-origin", false)]
    [InlineData(null, null, false)]
    public async Task A_page_of_another_site_cannot_log_anybody_in(string? origin, string? site, bool refused)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/session");
        request.Content = JsonContent.Create(new { name = AccessServer.Admin, password = AccessServer.Password });
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin == "own" ? program.Address.GetLeftPart(UriPartial.Authority) : origin);
        }

        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        HttpResponseMessage answer = await _client.SendAsync(request);
        Assert.Equal(refused ? HttpStatusCode.Forbidden : HttpStatusCode.Created, answer.StatusCode);
        Assert.True(!refused || (await AccessBrowser.JsonOf(answer)).GetProperty("code").GetString() == "origin");
    }

    [Fact]
    public async Task A_header_that_never_ends_and_an_address_that_is_a_book_are_refused()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/api/session");
        request.Headers.Add("X-Long", new string('x', 20 << 10));
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, (await _client.SendAsync(request)).StatusCode);
        Assert.Equal(HttpStatusCode.RequestUriTooLong, (await _client.GetAsync("/api/session?x=" + new string('x', 10 << 10))).StatusCode);
    }

    [Fact]
    public void Whoever_sends_drop_by_drop_loses_the_connection()
    {
        KestrelServerOptions kestrel = new();
        WebListener.Configure(kestrel, new WebConfig { Listen = "127.0.0.1:0" });
        Assert.Equal(TimeSpan.FromSeconds(10), kestrel.Limits.RequestHeadersTimeout);
        Assert.Equal(1024, kestrel.Limits.MinRequestBodyDataRate!.BytesPerSecond);
        Assert.NotNull(kestrel.Limits.MinResponseDataRate);
        Assert.Equal(1000, kestrel.Limits.MaxConcurrentConnections);
        Assert.Equal(1 << 20, kestrel.Limits.MaxRequestBodySize);
    }
}
