using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeAgent.Ui.Tests.Harness;

/// <summary>The accounts of a plant under test, made over the API as the pages would: the first administrator, then one of each role.</summary>
public sealed class UiAccounts(string address) : IDisposable
{
    /// <summary>Of every account that the tests make.</summary>
    public const string Password = "Kiln-47-blue-river";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Lazy<HttpClient> _admin = new(() => ClientFor(address, new CookieContainer()));
    private bool _made;

    public static string NameOf(UiRole role) => role.ToString().ToLowerInvariant();

    /// <summary>The API as the administrator, to prepare what a test needs.</summary>
    public async Task<HttpClient> AdminAsync()
    {
        await EnsureAsync();
        return _admin.Value;
    }

    /// <summary>Makes them once; later calls find them made.</summary>
    public async Task EnsureAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (!_made)
            {
                await MakeAsync();
                _made = true;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Logs in and gives the browser state that holds the session's cookie.</summary>
    public async Task<string> StorageStateAsync(UiRole role)
    {
        CookieContainer cookies = new();
        using HttpClient client = ClientFor(address, cookies);
        await SendAsync(client, "/api/session", new JsonObject { ["name"] = NameOf(role), ["password"] = Password });
        JsonArray list = [];
        foreach (Cookie cookie in cookies.GetAllCookies())
        {
            list.Add(new JsonObject
            {
                ["name"] = cookie.Name,
                ["value"] = cookie.Value,
                ["domain"] = cookie.Domain,
                ["path"] = cookie.Path,
                ["expires"] = -1,
                ["httpOnly"] = cookie.HttpOnly,
                ["secure"] = cookie.Secure,
                ["sameSite"] = "Strict",
            });
        }

        return new JsonObject { ["cookies"] = list, ["origins"] = new JsonArray() }.ToJsonString();
    }

    public void Dispose()
    {
        if (_admin.IsValueCreated)
        {
            _admin.Value.Dispose();
        }

        _gate.Dispose();
    }

    private async Task MakeAsync()
    {
        JsonElement session = await _admin.Value.GetFromJsonAsync<JsonElement>("/api/session");
        JsonObject admin = new() { ["name"] = NameOf(UiRole.Admin), ["password"] = Password };
        JsonElement begun = await SendAsync(_admin.Value, session.GetProperty("firstStart").GetBoolean() ? "/api/first-start" : "/api/session", admin);
        _admin.Value.DefaultRequestHeaders.Add("X-CSRF-Token", begun.GetProperty("csrf").GetString());
        foreach (UiRole role in (UiRole[])[UiRole.Viewer, UiRole.Assessor, UiRole.Engineer])
        {
            await SendAsync(
                _admin.Value,
                "/api/accounts",
                new JsonObject { ["name"] = NameOf(role), ["role"] = role.ToString(), ["password"] = Password, ["mustChangePassword"] = false },
                HttpStatusCode.Conflict);
        }
    }

    private static async Task<JsonElement> SendAsync(HttpClient client, string path, JsonObject body, HttpStatusCode? alsoFine = null)
    {
        using HttpResponseMessage answer = await client.PostAsJsonAsync(path, body);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode || answer.StatusCode == alsoFine, $"POST {path}: {(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private static HttpClient ClientFor(string address, CookieContainer cookies) =>
        new(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = new Uri(address) };
}
