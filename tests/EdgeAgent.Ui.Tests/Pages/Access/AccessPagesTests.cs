using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeAgent.Ui.Tests.Pages.Access;

public sealed class AccessPagesTests
{
    private const string Password = UiAccounts.Password;

    [PartnerFact("chromium")]
    public async Task A_new_installation_asks_for_its_administrator_who_makes_an_account_that_has_to_change_its_password()
    {
        await using UiPlant plant = await UiPlant.StartAsync((port, _) => Hub(port), accounts: false);
        await plant.WithPageAsync(new UiView { Role = UiRole.Nobody }, async page =>
        {
            await page.GotoAsync("/");
            await Expect(page).ToHaveURLAsync(plant.Address + "/first-start");
            await page.GetByLabel("用户名").FillAsync("总工");
            await page.GetByLabel("密码", new() { Exact = true }).FillAsync(Password);
            ILocator make = page.GetByRole(AriaRole.Button, new() { Name = "创建管理员并登录" });
            await Expect(make).ToBeDisabledAsync();
            await page.GetByLabel("再输入一次").FillAsync(Password);
            await make.ClickAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "总工" })).ToBeVisibleAsync();

            await page.GotoAsync("/accounts");
            await page.GetByRole(AriaRole.Button, new() { Name = "添加账号" }).ClickAsync();
            ILocator dialog = page.GetByRole(AriaRole.Dialog);
            await dialog.GetByLabel("用户名").FillAsync("评审老师");
            await dialog.GetByLabel("角色").SelectOptionAsync("Assessor");
            await dialog.GetByLabel("密码", new() { Exact = true }).FillAsync("first words of a song");
            await dialog.GetByLabel("再输入一次").FillAsync("first words of a song");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "添加账号" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Row, new() { Name = "评审老师" })).ToContainTextAsync("待改密码");
        });
        await plant.WithPageAsync(new UiView { Role = UiRole.Nobody }, async page =>
        {
            await LogInAsync(page, "评审老师", "first words of a song");
            await Expect(page).ToHaveURLAsync(plant.Address + "/password");
            await page.GetByLabel("现在的密码").FillAsync("first words of a song");
            await page.GetByLabel("新密码").FillAsync(Password);
            await page.GetByLabel("再输入一次").FillAsync(Password);
            await page.GetByRole(AriaRole.Button, new() { Name = "修改密码", Exact = true }).ClickAsync();
            await Expect(page).Not.ToHaveURLAsync(plant.Address + "/password");

            await page.GotoAsync("/accounts");
            await Expect(page.GetByText("没有权限")).ToBeVisibleAsync();
        });
    }

    [PartnerFact("chromium")]
    public async Task Five_wrong_passwords_close_the_login_and_the_page_says_for_how_long()
    {
        await using UiPlant plant = await UiPlant.StartAsync((port, _) => Hub(port));
        await plant.WithPageAsync(new UiView { Role = UiRole.Nobody, Expected = ["/api/session", "401", "429"] }, async page =>
        {
            for (int i = 0; i < 5; i++)
            {
                await LogInAsync(page, "admin", "not the password " + i);
                await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("用户名或密码不正确。");
            }

            await LogInAsync(page, "admin", Password);
            await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("错误次数过多，请在 15 分钟后再试。");
            await page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
            await LogInAsync(page, "admin", Password, "Name", "Password", "Log in");
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Too many wrong attempts");
        });
    }

    [PartnerFact("chromium")]
    public async Task A_token_is_shown_once_and_can_be_revoked_and_the_log_tells_both()
    {
        await using UiPlant plant = await UiPlant.StartAsync((port, _) => Hub(port));
        await plant.WithPageAsync(new UiView(), async page =>
        {
            await page.GotoAsync("/tokens");
            await page.GetByRole(AriaRole.Button, new() { Name = "新建令牌" }).ClickAsync();
            ILocator dialog = page.GetByRole(AriaRole.Dialog);
            await dialog.GetByLabel("用途或使用人").FillAsync("看板");
            await dialog.GetByLabel("只给部分权限").CheckAsync();
            await dialog.GetByRole(AriaRole.Button, new() { Name = "新建令牌" }).ClickAsync();
            string token = await page.Locator("#token-text").InnerTextAsync();
            await dialog.GetByRole(AriaRole.Button, new() { Name = "我已保存" }).ClickAsync();
            using HttpClient program = new() { BaseAddress = new Uri(plant.Address) };
            program.DefaultRequestHeaders.Authorization = new("Bearer", token);
            Assert.True((await program.GetAsync("/api/status")).IsSuccessStatusCode);

            await page.ReloadAsync();
            ILocator row = page.GetByRole(AriaRole.Row, new() { Name = "看板" });
            await Expect(row).ToContainTextAsync("有效");
            await row.GetByRole(AriaRole.Button, new() { Name = "吊销" }).ClickAsync();
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "吊销" }).ClickAsync();
            await Expect(row).ToContainTextAsync("已吊销");
            Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await program.GetAsync("/api/status")).StatusCode);

            await page.GotoAsync("/audit");
            await Expect(page.GetByText("散列链完整")).ToBeVisibleAsync();
            await Expect(page.GetByText("新建令牌").First).ToBeVisibleAsync();
            await Expect(page.GetByText("吊销令牌").First).ToBeVisibleAsync();
        });
    }

    [PartnerFact("chromium")]
    public async Task An_assessor_reads_in_the_log_who_made_his_account_and_that_he_looked()
    {
        await using UiPlant plant = await UiPlant.StartAsync((port, _) => Hub(port));
        await plant.WithPageAsync(new UiView { Role = UiRole.Assessor }, async page =>
        {
            await page.GotoAsync("/about");
            await page.GetByRole(AriaRole.Link, new() { Name = "审计日志" }).ClickAsync();
            await Expect(page.GetByText("您的查看同样会被记录")).ToBeVisibleAsync();
            await Expect(page.GetByText("散列链完整")).ToBeVisibleAsync();
            await page.GetByLabel("查找人、路径、地址").FillAsync("assessor");
            ILocator log = page.GetByRole(AriaRole.Table, new() { Name = "审计日志" });
            await Expect(log.GetByText("添加账号").First).ToBeVisibleAsync();
            await Expect(log.GetByText("/api/audit").First).ToBeVisibleAsync();
        });
    }

    private static async Task LogInAsync(IPage page, string name, string password, string nameLabel = "用户名", string passwordLabel = "密码", string action = "登录")
    {
        if (!page.Url.EndsWith("/login", StringComparison.Ordinal))
        {
            await page.GotoAsync("/login");
        }

        await page.GetByLabel(nameLabel, new() { Exact = true }).FillAsync(name);
        await page.GetByLabel(passwordLabel, new() { Exact = true }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = action, Exact = true }).ClickAsync();
    }

    private static string Hub(int port) => $$"""
        { "site": "plant", "broker": { "listen": "127.0.0.1:0" }, "hub": {}, "web": { "listen": "127.0.0.1:{{port}}" } }
        """;
}
