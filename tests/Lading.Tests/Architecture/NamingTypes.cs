using System.Reflection;
using System.Runtime.CompilerServices;
using Lading.Testing;

namespace Lading.Tests.Architecture;

/// <summary>One name means one thing, in the product and in the tests and benchmarks beside it.</summary>
public sealed class NamingTypes
{
    /// <summary>Nouns that used to mean several things; each kept one meaning, which is given here.</summary>
    private static readonly (string Noun, string[] Types)[] Nouns =
    [
        // What goes into the build of an image, and so into its fingerprint.
        (
            "Input",
            [
                "ImageInputs",
                "AssembledInputs",
                "BuiltInputs",
                "MirroredInputs",
                "ScopedInputs",
                "DirtyInputs",
                "InputResolver",
                "ImageInputsReader",
            ]
        ),
        // The tracked files that an image is assembled from ("sources" in lading.json), and the image that platforms
        // are joined from.
        ("Source", ["SourceCheckout", "SourceCommand", "MultiPlatformSource"]),
        ("Place", []),
        ("Places", []),
        ("Wish", []),
        ("Wishes", []),
        ("Reading", []),
    ];

    /// <summary>
    /// Words that the field does not use: it says settings, requests, targets, unpinned bases and failed attempts.
    /// </summary>
    private static readonly string[] Replaced =
    [
        "Advice",
        "Doubt",
        "Ear",
        "Exchange",
        "Floating",
        "Floats",
        "Foreign",
        "Handover",
        "Impatient",
        "Joined",
        "Judge",
        "Judgement",
        "Judging",
        "Lone",
        "Patient",
        "Setback",
        "Stray",
        "Trouble",
        "Unled",
        "Unlooked",
        "Wish",
        "Wishes",
    ];

    /// <summary>Those that have no other meaning in a protocol or a language, unlike "foreign" layers in OCI.</summary>
    private static readonly string[] ReplacedInMembers =
    [
        "Floating",
        "Floats",
        "Judge",
        "Judgement",
        "Setback",
        "Wish",
        "Wishes",
    ];

    /// <summary>Types of tests and benchmarks that use those nouns, in the same meaning.</summary>
    private static readonly (string Noun, string[] Types)[] NounsBeside =
    [
        ("Input", ["ChangingOneInput", "NarrowingInputs", "StatingInputs", "TellingInputsApart"]),
        // The files of this repository.
        ("Source", ["SourceTree", "Sources"]),
        ("Place", []),
        ("Wish", []),
    ];

    /// <summary>Names of files that each program or test project may have.</summary>
    private static readonly string[] OfEachProject = ["Program", "AssemblyFixtures"];

    private const BindingFlags Declared =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    [Fact]
    public void No_two_types_share_a_name()
    {
        var twice =
            from type in OutermostTypes(Sources.Assemblies)
            group type.FullName by NameOf(type) into same
            where same.Count() > 1
            select string.Join(" and ", same.Order(StringComparer.Ordinal));

        Assert.Empty(twice);
    }

    [Fact]
    public void A_noun_that_had_many_meanings_has_one()
    {
        var wrong =
            from type in OutermostTypes(Sources.Assemblies)
            let words = WordsOf(NameOf(type))
            from noun in Nouns
            where words.Contains(noun.Noun) || words.Contains(noun.Noun + "s")
            where !noun.Types.Contains(NameOf(type))
            select $"{type.FullName}: another word than {noun.Noun}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void No_type_or_member_has_a_name_that_was_replaced()
    {
        var types = OutermostTypes([.. Sources.Assemblies, typeof(SourceTree).Assembly, typeof(NamingTypes).Assembly]);
        var wrong = from type in types where WordsOf(NameOf(type)).Intersect(Replaced).Any() select type.FullName;
        var wrongMembers =
            from type in types
            from member in type.GetMembers(Declared)
            let words = WordsOf(member.Name)
            where member.Name == "HoldAsync" || words.Intersect(ReplacedInMembers).Any()
            select $"{type.FullName}: {member.Name}";

        Assert.Empty(wrong.Concat(wrongMembers));
    }

    /// <summary>By file name: the other test projects and the benchmarks are not loaded here.</summary>
    [Fact]
    public async Task Tests_and_benchmarks_keep_to_the_same_names()
    {
        var names = (await Sources.CodeAsync())
            .Select(path => (Path: path, Name: Path.GetFileNameWithoutExtension(path)))
            .ToList();
        var beside = names.Where(file =>
            file.Path.StartsWith("tests/", StringComparison.Ordinal)
            || file.Path.StartsWith("bench/", StringComparison.Ordinal)
        );
        var wrong =
            from file in beside
            let words = WordsOf(file.Name)
            where
                words.Intersect(Replaced).Any()
                || NounsBeside.Any(noun =>
                    (words.Contains(noun.Noun) || words.Contains(noun.Noun + "s")) && !noun.Types.Contains(file.Name)
                )
            select file.Path;
        var twice =
            from file in names
            where !OfEachProject.Contains(file.Name) && !file.Path.StartsWith("samples/", StringComparison.Ordinal)
            group file.Path by file.Name into same
            where same.Count() > 1
            select string.Join(" and ", same);

        Assert.Empty(wrong.Concat(twice));
    }

    /// <summary>Screens draw and documents write JSON, so that each can be read without the other.</summary>
    [Fact]
    public void In_Output_only_documents_write_JSON()
    {
        string[] allowed = ["JsonText", "WorkflowResults"];
        var wrong =
            from type in OutermostTypes([typeof(Cli.Host).Assembly])
            where type.Namespace == "Lading.Cli.Output"
            let isDocument = NameOf(type).EndsWith("Document", StringComparison.Ordinal)
            let writes = ReferencedTypes.Of(type).Contains(typeof(System.Text.Json.Utf8JsonWriter))
            where isDocument != writes && !allowed.Contains(NameOf(type))
            select NameOf(type)
                + (writes ? " writes JSON, and is not a document" : " is a document, and writes no JSON");

        Assert.Empty(wrong);
    }

    [Fact]
    public void In_Output_only_screens_draw()
    {
        string[] allowed = ["Terminal", "WorkflowRun"];
        var wrong =
            from type in OutermostTypes([typeof(Cli.Host).Assembly])
            where type.Namespace == "Lading.Cli.Output"
            where ReferencedTypes.Of(type).Contains(typeof(Cli.Output.Terminal))
            where !NameOf(type).EndsWith("Screen", StringComparison.Ordinal) && !allowed.Contains(NameOf(type))
            select $"{NameOf(type)} draws, and is not a screen";

        Assert.Empty(wrong);
    }

    /// <summary><c>lading image list</c> is <c>ImageListCommand</c>, so that one guess finds its file.</summary>
    [Fact]
    public void A_nested_verb_is_named_after_both()
    {
        const string Commands = "Lading.Cli.Commands.";
        var wrong =
            from type in OutermostTypes([typeof(Cli.Host).Assembly])
            where type.Namespace!.StartsWith(Commands, StringComparison.Ordinal)
            where NameOf(type).EndsWith("Command", StringComparison.Ordinal)
            where !NameOf(type).StartsWith(type.Namespace![Commands.Length..], StringComparison.Ordinal)
            select type.FullName;

        Assert.Empty(wrong);
    }

    private static IEnumerable<Type> OutermostTypes(IEnumerable<System.Reflection.Assembly> assemblies) =>
        from assembly in assemblies
        from type in assembly.GetTypes()
        where type.DeclaringType is null && type.Namespace?.StartsWith("Lading", StringComparison.Ordinal) == true
        where !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        where !type.Name.Contains('<', StringComparison.Ordinal)
        select type;

    private static string NameOf(Type type) => type.Name.Split('`')[0];

    private static List<string> WordsOf(string name)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 1; i <= name.Length; i++)
        {
            if (i == name.Length || char.IsUpper(name[i]))
            {
                words.Add(name[start..i]);
                start = i;
            }
        }

        return words;
    }
}
