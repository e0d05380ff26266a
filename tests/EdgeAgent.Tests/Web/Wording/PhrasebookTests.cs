using System.Text.RegularExpressions;
using EdgeAgent.TestKit;
using EdgeAgent.Web.Wording;

namespace EdgeAgent.Tests.Web.Wording;

/// <summary>Sentences of the program in Chinese, and that the book and the program do not part ways.</summary>
public sealed partial class PhrasebookTests
{
    [Theory]
    [InlineData("127.0.0.1:502: Connection refused (ConnectionRefused)", "127.0.0.1:502：连接被拒绝：主机在线，但该端口没有服务")]
    [InlineData("192.168.1.20:502: no connection within 3000 ms", "192.168.1.20:502：3000 毫秒内未能建立连接")]
    [InlineData("no answer", "没有应答")]
    [InlineData("exception 2 (illegal data address) for hr:100 to 102", "设备返回异常码 2（地址不存在），读取 hr:100 至 102")]
    [InlineData("tag 'temperature': 'hx' is no table: 'hx:8'", "测点“temperature”：“hx”不是寄存器类别：“hx:8”")]
    [InlineData("type: unknown type 'flot32'", "type：未知类型“flot32”")]
    [InlineData("did you mean 'float32'?", "是否为“float32”？")]
    [InlineData("device 'press-01' is there twice", "设备“press-01”重复")]
    [InlineData("a: no answer\nb: no answer", "a：没有应答\nb：没有应答")]
    [InlineData("$.endpoint: unknown member; $.device: given twice", "$.endpoint：未知的配置项；$.device：重复")]
    public void A_sentence_is_found_with_what_differs_in_it(string english, string chinese) => Assert.Equal(chinese, Phrasebook.Chinese.Of(english));

    [Theory]
    [InlineData("")]
    [InlineData("a sentence that nobody put into the book")]
    [InlineData("somewhere: something else entirely")]
    [InlineData(": no answer")]
    public void What_is_not_in_the_book_stays_as_it_is(string english) => Assert.Equal(english, Phrasebook.Chinese.Of(english));

    [Fact]
    public void What_fixes_more_of_a_sentence_goes_first()
    {
        Phrasebook book = Phrasebook.Parse("# no phrase\n\nfile {name}\n文件 {name}\nfile {name} is missing\n缺少文件 {name}\n");
        Assert.Equal("缺少文件 a.csv", book.Of("file a.csv is missing"));
        Assert.Equal("文件 a.csv", book.Of("file a.csv"));
    }

    [Theory]
    [InlineData("one line without a partner\n")]
    [InlineData("file {name\n文件 {name}\n")]
    [InlineData("file {name}\n文件 {file}\n")]
    public void A_book_with_a_mistake_is_not_read(string text) => Assert.Throws<FormatException>(() => Phrasebook.Parse(text));

    [Fact]
    public void Every_phrase_is_said_by_the_program_or_by_one_of_its_templates()
    {
        string all = Continued().Replace(string.Join('\n', new[] { ("src", "*.cs"), ("configs/templates", "*.json") }
            .SelectMany(of => Directory.EnumerateFiles(RepositoryRoot.Combine(of.Item1.Split('/')), of.Item2, SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText)), "").Replace("\\\"", "\"", StringComparison.Ordinal);
        string[] lost = [.. Phrasebook.Chinese.Phrases.Where(p => !OfTheSystem.Contains(p.English) && !Pieces(p).All(piece => all.Contains(piece, StringComparison.Ordinal))).Select(p => p.English)];
        Assert.True(lost.Length == 0, "Nobody says these any more; change or remove them in phrases-zh.txt:\n" + string.Join('\n', lost));
    }

    /// <summary>What comes from the operating system through .NET.</summary>
    private static readonly HashSet<string> OfTheSystem =
    [
        "Connection refused", "No route to host", "Network is unreachable", "Connection timed out", "Operation timed out", "Name or service not known",
        "Resource temporarily unavailable", "Connection reset by peer", "Broken pipe", "Permission denied", "No such file or directory", "Device or resource busy",
    ];

    /// <summary>The fixed parts that are long enough to be looked for.</summary>
    private static IEnumerable<string> Pieces(Phrase phrase) =>
        phrase.Literals.SelectMany(literal => Separators().Split(literal)).Select(static piece => piece.Trim(' ', '\'')).Where(static piece => piece.Length >= 6);

    /// <summary>Where a text goes on in the next line of a source.</summary>
    [GeneratedRegex(@"(?<!\\)""\s*\+ \$?""")]
    private static partial Regex Continued();

    /// <summary>Where sentences are put together from parts.</summary>
    [GeneratedRegex("[:;]")]
    private static partial Regex Separators();
}
