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
    [InlineData("http://127.0.0.1:8080/status: answers 401: it wants credentials, or does not accept ours; check user and password, or token",
        "http://127.0.0.1:8080/status：返回 401：需要身份验证，或未通过验证；请核对用户和密码，或令牌")]
    [InlineData("tag 'count' (D70000): the controller refuses the address with end code C056: it lies beyond the area's end in the controller's parameters",
        "测点“count”（D70000）：控制器拒绝此地址，结束代码 C056：地址超出控制器参数中该软元件的范围")]
    [InlineData("meter 000000000001 refuses 00010000: no such data (无请求数据), too many tariffs", "表 000000000001 拒绝读取 00010000：无请求数据，费率数超")]
    [InlineData("opc.tcp://a:4840: connecting (TCP) failed: Connection refused; check the address, firewalls and whether the server runs",
        "opc.tcp://a:4840：建立 TCP 连接失败：连接被拒绝：主机在线，但该端口没有服务；请检查地址、防火墙以及服务器是否运行")]
    [InlineData("there is no serial port /dev/ttyUSB0; this machine has no serial port; is the adapter plugged in, and passed into the container if there is one?",
        "没有串口 /dev/ttyUSB0；本机没有串口；请检查转换器是否插好，使用容器时是否已映射到容器内")]
    [InlineData("read holding registers from 100, 2 of them", "读保持寄存器，起始 100，数量 2")]
    [InlineData("ask meter 000000000001 for address", "请求读表 000000000001 的通信地址")]
    [InlineData("listen 0.0.0.0:8502: no device has dialled in within 3000 ms", "listen 0.0.0.0:8502：3000 毫秒内没有设备拨入")]
    [InlineData("holding registers: 4 bytes", "保持寄存器：4 字节")]
    [InlineData("exception 2 (IllegalDataAddress) to input registers", "输入寄存器：异常码 2（地址不存在）")]
    [InlineData("read 20 bytes of DB100 from 4, and 2 more", "读 DB100，起始字节 4，长度 20，另有 2 项")]
    [InlineData("read 2 bytes of Flags from 0", "读 Flags，起始字节 0，长度 2")]
    [InlineData("meter 000000000001 answers 00010000, and has more", "表 000000000001 返回数据项 00010000，有后续帧")]
    [InlineData("meter 000000000001 refuses with error 02", "表 000000000001 异常应答，错误信息字 02")]
    [InlineData("ask meter 00000000000001 (as it travels) of type 10 for 1F90", "请求读表 00000000000001（按传输顺序，类型 10）的数据 1F90")]
    [InlineData("$.endpoint: unknown member; $.device: given twice", "$.endpoint：未知的配置项；$.device：重复")]
    public void A_sentence_is_found_with_what_differs_in_it(string english, string chinese) => Assert.Equal(chinese, Phrasebook.Chinese.Of(english));

    [Fact]
    public void A_text_is_known_when_the_book_has_something_for_it()
    {
        Assert.Equal("没有应答", Phrasebook.Chinese.Known("no answer"));
        Assert.Null(Phrasebook.Chinese.Known("a sentence that nobody put into the book"));
        Assert.Null(Phrasebook.Chinese.Known(""));
        Assert.Null(Phrasebook.Chinese.Known(null));
    }

    [Fact]
    public void Many_texts_are_as_right_as_the_first()
    {
        for (int i = 1; i <= 3_000; i++)
        {
            Assert.Equal($"a：{i} 毫秒内没有应答", Phrasebook.Chinese.Of($"a: no answer within {i} ms"));
        }
    }

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
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText)), "").Replace("\\\"", "\"", StringComparison.Ordinal).Replace(@"\\", @"\", StringComparison.Ordinal);
        string[] lost = [.. Phrasebook.Chinese.Phrases.Where(p => !OfTheSystem.Contains(p.English) && !Pieces(p).All(piece => all.Contains(piece, StringComparison.Ordinal))).Select(p => p.English)];
        Assert.True(lost.Length == 0, "Nobody says these any more; change or remove them in phrases-zh.txt or settings-zh.txt:\n" + string.Join('\n', lost));
    }

    /// <summary>What comes from the operating system through .NET.</summary>
    private static readonly HashSet<string> OfTheSystem =
    [
        "Connection refused", "No route to host", "Network is unreachable", "Connection timed out", "Operation timed out", "Name or service not known",
        "Resource temporarily unavailable", "Connection reset by peer", "Broken pipe", "Permission denied", "No such file or directory", "Device or resource busy", "Address already in use",
        // How an echo ended.
        "TimedOut", "DestinationHostUnreachable", "DestinationNetworkUnreachable", "TtlExpired",
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
