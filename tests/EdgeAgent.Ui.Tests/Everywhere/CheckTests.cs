using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;

namespace EdgeAgent.Ui.Tests.Everywhere;

/// <summary>The checks themselves: each finds the fault that it is there for.</summary>
[Collection(DemoCollection.Name)]
public sealed class CheckTests(DemoPlant demo)
{
    [PartnerTheory("chromium")]
    [InlineData("cut", "e.style.cssText = 'width:60px;overflow:hidden;white-space:nowrap'")]
    [InlineData("cut", "e.style.cssText = 'height:12px;overflow:hidden'")]
    [InlineData("cut", "e.style.cssText = 'width:120px;overflow:hidden'; const b = document.createElement('button'); b.textContent = '删除'; b.style.cssText = 'margin-left:100px;width:60px'; e.replaceChildren(b)")]
    [InlineData("scrolls sideways", "e.style.cssText = 'width:3000px;height:20px;background:red'")]
    [InlineData("overlap", "const h = document.querySelector('h1').getBoundingClientRect(); e.style.cssText = 'position:absolute;left:' + h.left + 'px;top:' + h.top + 'px'")]
    [InlineData("covered", "e.style.cssText = 'position:relative'; const c = document.createElement('div'); c.style.cssText = 'position:absolute;inset:0;background:white'; e.after(c); c.style.position = 'relative'; c.style.marginTop = '-200px'; c.style.height = '400px'")]
    [InlineData("a text is missing", "e.textContent = 'about.nothing'")]
    public Task A_fault_on_the_page_is_found(string complaint, string fault) => demo.Plant.WithPageAsync(new UiView { Role = UiRole.Nobody }, async page =>
    {
        await EveryPage.OpenAsync(page, "/about");
        Assert.Empty(await EveryPage.ComplaintsAsync(page));
        await page.EvaluateAsync($"() => {{ const e = document.createElement('p'); e.textContent = '一段足够长的文字，用来看看它会不会被截断'; document.querySelector('main').append(e); {fault} }}");
        string[] found = await EveryPage.ComplaintsAsync(page);
        Assert.Contains(found, f => f.StartsWith(complaint, StringComparison.Ordinal));
    });

    [PartnerFact("chromium")]
    public Task Faint_text_and_a_control_without_a_name_are_found() => demo.Plant.WithPageAsync(new UiView { Role = UiRole.Nobody }, async page =>
    {
        await EveryPage.OpenAsync(page, "/about");
        await page.EvaluateAsync("() => { const e = document.createElement('div'); e.textContent = 'faint'; e.style.cssText = 'color: #bbb; background: #fff; position: relative; z-index: 99'; const b = document.createElement('button'); document.querySelector('main').append(e, b) }");
        IReadOnlyList<string> found = await EveryPage.AxeAsync(page);
        Assert.Contains(found, f => f.StartsWith("axe color-contrast", StringComparison.Ordinal));
        Assert.Contains(found, f => f.StartsWith("axe button-name", StringComparison.Ordinal));
    });

    [PartnerFact("chromium")]
    public Task A_control_beyond_the_tab_key_and_one_without_visible_focus_are_found() => demo.Plant.WithPageAsync(new UiView { Role = UiRole.Nobody }, async page =>
    {
        await EveryPage.OpenAsync(page, "/about");
        await page.EvaluateAsync(
            """
            () => {
              const hidden = document.createElement('button')
              hidden.textContent = 'unseen focus'
              hidden.style.outline = 'none'
              const trap = document.createElement('button')
              trap.textContent = 'beyond'
              trap.addEventListener('focus', () => trap.blur())
              document.querySelector('main').append(hidden, trap)
            }
            """);
        IReadOnlyList<string> found = await EveryPage.KeyboardAsync(page);
        Assert.Contains(found, f => f.Contains("no visible focus", StringComparison.Ordinal) && f.Contains("unseen focus", StringComparison.Ordinal));
        Assert.Contains(found, f => f.Contains("not reached", StringComparison.Ordinal) && f.Contains("beyond", StringComparison.Ordinal));
    });

    [PartnerFact("chromium")]
    public async Task What_the_content_security_policy_stops_fails_a_test()
    {
        Exception? failed = await Record.ExceptionAsync(() => demo.Plant.WithPageAsync(new UiView { Role = UiRole.Nobody }, async page =>
        {
            await EveryPage.OpenAsync(page, "/about");
            await page.EvaluateAsync("() => { const e = document.createElement('script'); e.textContent = 'window.__ran = true'; document.body.append(e) }");
            Assert.False(await page.EvaluateAsync<bool>("() => window.__ran === true"), "an inline script ran");
        }));
        Assert.Contains("Content Security Policy", failed?.Message ?? "", StringComparison.Ordinal);
    }
}
