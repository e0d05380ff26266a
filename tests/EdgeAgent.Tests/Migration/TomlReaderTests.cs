using EdgeAgent.Migration;
using EdgeAgent.Migration.Toml;

namespace EdgeAgent.Tests.Migration;

public sealed class TomlReaderTests
{
    [Fact]
    public void Values_of_every_kind_are_read()
    {
        TomlTable root = TomlReader.Read("""
            a = 1_000
            b = -2.5e3
            c = true
            d = "tab\t quote\" \u6E29 # no comment" # a comment
            e = 'C:\raw'
            f = [1, [2, 3], # inside
              "x",
            ]
            g = { x = 1, "y z" = { deep = false } }
            h.i.j = 0xFF
            k = 1979-05-27T07:32:00Z
            l = '''
            two
            lines'''
            m = "joined \
                 here"
            [t."quoted name".u]
            v = 1
            [[list]]
            n = 1
            [[list]]
            n = 2
            [list.sub]
            o = 3
            """);
        Assert.Equal(1000L, root.Find("a"));
        Assert.Equal(-2500.0, root.Find("b"));
        Assert.Equal(true, root.Find("c"));
        Assert.Equal("tab\t quote\" 温 # no comment", root.Find("d"));
        Assert.Equal(@"C:\raw", root.Find("e"));
        Assert.Equal(3, root.Values("f").Count());
        Assert.False(root.Table("g")!.Table("y z")!.Flag("deep"));
        Assert.Equal(255, root.Table("h")!.Table("i")!.Integer("j"));
        Assert.Equal("1979-05-27T07:32:00Z", root.Text("k"));
        Assert.Equal("two\nlines", root.Text("l"));
        Assert.Equal("joined here", root.Text("m"));
        Assert.Equal(1, root.Table("t")!.Table("quoted name")!.Table("u")!.Integer("v"));
        Assert.Equal([1L, 2L], root.Tables("list").Select(table => table.Integer("n")!.Value));
        Assert.Equal(3, root.Tables("list").Last().Table("sub")!.Integer("o"));
    }

    [Theory]
    [InlineData("a = \"open\nb = 1", "line 1")]
    [InlineData("a = 1\na = 2", "line 2")]
    [InlineData("a = [1, 2\n", "line")]
    [InlineData("a = 1 b = 2", "line 1")]
    [InlineData("= 1", "line 1")]
    [InlineData("a = word", "quotes")]
    [InlineData("[a\nb = 1", "line 1")]
    [InlineData("a = 1\n[a.b]", "line 2")]
    public void A_mistake_is_told_with_its_place(string text, string part) =>
        Assert.Contains(part, Assert.Throws<MigrationException>(() => TomlReader.Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Mutations_of_a_file_are_read_or_refused_and_nothing_else()
    {
        const string Text = "[[inputs.modbus]]\nname = \"m\"\nlist = [ { a = [1, 2], b = 'x' }, ]\n[inputs.modbus.tags]\nk = 1.5e3\nl = \"\"\"x\"\"\"\n";
        Random random = new(20_241);
        for (int i = 0; i < 100_000; i++)
        {
            char[] mutated = Text.ToCharArray();
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                mutated[random.Next(mutated.Length)] = Text[random.Next(Text.Length)];
            }

            try
            {
                TomlReader.Read(new string(mutated)[..random.Next(1, mutated.Length)]);
            }
            catch (MigrationException)
            {
            }
        }
    }

    [Fact]
    public void Nesting_has_an_end() => Assert.Throws<MigrationException>(() => TomlReader.Read("a = " + new string('[', 100_000)));
}
