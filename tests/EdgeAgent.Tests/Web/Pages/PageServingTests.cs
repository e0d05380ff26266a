using System.Net;
using EdgeAgent.TestKit;
using EdgeAgent.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace EdgeAgent.Tests.Web.Pages;

public sealed class PageServingTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    [Fact]
    public async Task Every_address_without_an_ending_is_the_page_and_must_be_asked_for_again()
    {
        foreach (string path in (string[])["/", "/devices", "/devices/press-01"])
        {
            using HttpResponseMessage answer = await _client.GetAsync(path);
            Assert.Equal("<p>page</p>", await answer.Content.ReadAsStringAsync());
            Assert.Equal("no-cache", answer.Headers.CacheControl!.ToString());
        }
    }

    [Fact]
    public async Task A_file_that_an_update_removed_is_missing_and_does_not_come_as_a_page()
    {
        using HttpResponseMessage answer = await _client.GetAsync("/assets/gone-1234.js");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Hashed_files_are_kept_for_ever_and_come_compressed_to_who_takes_that()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/a-1.js") { Headers = { { "Accept-Encoding", "gzip, br;q=0" } } };
        using HttpResponseMessage packed = await _client.SendAsync(request);
        Assert.Equal("gzip", packed.Content.Headers.ContentEncoding.Single());
        Assert.Contains("immutable", packed.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("packed", await packed.Content.ReadAsStringAsync());
        using HttpResponseMessage plain = await _client.GetAsync("/assets/a-1.js");
        Assert.Equal("plain", await plain.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_the_browser_has_is_not_sent_again()
    {
        using HttpResponseMessage first = await _client.GetAsync("/");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "If-None-Match", first.Headers.ETag!.ToString() } } };
        using HttpResponseMessage again = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task The_policy_allows_no_inline_scripts_and_no_other_host()
    {
        using HttpResponseMessage answer = await _client.GetAsync("/");
        string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/../secret.html")]
    [InlineData("/%2e%2e/secret.html")]
    [InlineData("/..%2fsecret.html")]
    public async Task Nothing_outside_of_the_folder_is_served(string path)
    {
        using HttpResponseMessage answer = await _client.GetAsync(path);
        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_of_the_api_are_left_to_it_and_pages_are_read_only()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync("/api/nothing")).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _client.PostAsync("/devices", null)).StatusCode);
    }

    [Fact]
    public async Task Without_pages_the_program_says_so_and_where_the_api_is()
    {
        await using WebApplication app = await StartAsync(_directory.File("nothing"));
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using HttpResponseMessage answer = await client.GetAsync("/");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("/api/openapi.json", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(_directory.File("www/assets"));
        await File.WriteAllTextAsync(_directory.File("secret.html"), "secret");
        await File.WriteAllTextAsync(_directory.File("www/index.html"), "<p>page</p>");
        await File.WriteAllTextAsync(_directory.File("www/assets/a-1.js"), "plain");
        await File.WriteAllTextAsync(_directory.File("www/assets/a-1.js.gz"), "packed");
        _app = await StartAsync(_directory.File("www"));
        _client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        _directory.Dispose();
    }

    private static async Task<WebApplication> StartAsync(string folder)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        app.UsePages(PageFiles.Read(folder));
        app.Use((HttpContext context, RequestDelegate _) =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        await app.StartAsync();
        return app;
    }
}
