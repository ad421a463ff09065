using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Lading.Testing;

namespace Lading.Tests.Architecture;

/// <summary>Rules for code that no analyzer has.</summary>
public sealed partial class WritingCode
{
    private const int MostLines = 250;
    private const int MostLinesOfTinyTypes = 30;

    private static readonly string[] Endings =
    [
        "Manager",
        "Helper",
        "Helpers",
        "Util",
        "Utils",
        "Common",
        "Impl",
        "Service",
        "Base",
        "Info",
        "Data",
    ];

    /// <summary>Terms of the field that happen to have such an ending.</summary>
    private static readonly string[] Terms =
    [
        // "Credential helpers" are Docker's programs that keep logins.
        "CredentialHelper",
        // The server that clients log in to: "authorization service" in the distribution specification.
        "TokenService",
        // AWS consists of services, each with a name, an endpoint and a signature.
        "AwsService",
        // ECS calls what it runs a service.
        "EcsService",
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void No_type_has_a_name_that_says_nothing()
    {
        var wrong =
            from assembly in Sources.Assemblies.Append(typeof(WritingCode).Assembly).Append(typeof(SourceTree).Assembly)
            from type in assembly.GetTypes()
            where !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
            let name = type.Name.Split('`')[0]
            where
                !name.Contains('<')
                && !Terms.Contains(name)
                && Array.Exists(Endings, ending => name.EndsWith(ending, StringComparison.Ordinal))
            select type.FullName;

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_file_is_named_after_its_first_type_and_others_in_it_are_tiny()
    {
        var wrong = new List<string>();
        foreach (var path in await Sources.CodeAsync())
        {
            var text = await File.ReadAllTextAsync(SourceTree.PathOf(path), Cancelled);
            var types = TypeDeclaration().Matches(text).ToList();
            if (types.Count > 0 && types[0].Groups["name"].Value != Path.GetFileName(path).Split('.')[0])
            {
                wrong.Add($"{path}: {types[0].Groups["name"].Value}");
            }

            // The others exist for the first alone; a larger one has a file of its own.
            wrong.AddRange(
                types
                    .Skip(1)
                    .Select(
                        (type, i) =>
                            (
                                Name: type.Groups["name"].Value,
                                Text: text[type.Index..(i + 2 < types.Count ? types[i + 2].Index : text.Length)]
                            )
                    )
                    .Where(type => type.Text.Count(character => character == '\n') > MostLinesOfTinyTypes)
                    .Select(type => $"{path}: {type.Name} is large enough for a file of its own")
            );
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task The_folder_of_a_file_is_its_namespace()
    {
        var wrong = new List<string>();
        foreach (var path in await Sources.CodeAsync())
        {
            var match = Namespace().Match(await File.ReadAllTextAsync(SourceTree.PathOf(path), Cancelled));
            // Programs and assembly attributes have none. The namespace of Lading.Core is Lading.
            var folders = Path.GetDirectoryName(path)!.Split('/').Skip(1).ToList();
            if (!match.Success || folders.Count == 0 || !path.StartsWith("src/", StringComparison.Ordinal))
            {
                continue;
            }

            var expected = string.Join('.', folders).Replace("Lading.Core", "Lading", StringComparison.Ordinal);
            if (match.Groups["name"].Value != expected)
            {
                wrong.Add($"{path}: {match.Groups["name"].Value}, expected {expected}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_file_of_the_product_can_be_read_in_one_sitting()
    {
        var wrong = new List<string>();
        foreach (
            var path in (await Sources.CodeAsync()).Where(path => path.StartsWith("src/", StringComparison.Ordinal))
        )
        {
            var lines = await File.ReadAllLinesAsync(SourceTree.PathOf(path), Cancelled);
            if (lines.Length > MostLines)
            {
                wrong.Add($"{path}: {lines.Length} lines");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task No_file_mentions_a_machine_a_package_registry_or_an_open_task()
    {
        var wrong = new List<string>();
        foreach (var path in await Sources.TrackedAsync())
        {
            var number = 0;
            foreach (var line in await File.ReadAllLinesAsync(SourceTree.PathOf(path), Cancelled))
            {
                number++;
                if (Unwanted().Match(line) is { Success: true } match)
                {
                    wrong.Add($"{path}:{number}: {match.Value}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    /// <summary>
    /// A task started into a variable keeps running if an exception comes before its await;
    /// <see cref="ConcurrentWork{T}"/> ends it. Task.WhenAll waits for all of its tasks itself.
    /// </summary>
    [Fact]
    public async Task No_task_is_started_and_abandoned()
    {
        string[] allowed =
        [
            // Their tasks end with the program that they read from and write to, in whose scope they are.
            "src/Lading.Core/Processes/ProgramRunner.cs",
            "src/Lading.Core/Git/ObjectReader.cs",
            "src/Lading.Core/Git/TreeWriter.cs",
            // Waits for a read in progress before it lets an exception out.
            "src/Lading.Core/Registry/Transport/BlobContent.cs",
            // Ends its own tasks if it fails.
            "src/Lading.Core/Fingerprints/ProjectSnapshot.cs",
        ];
        var wrong = new List<string>();
        foreach (
            var path in (await Sources.CodeAsync()).Where(path => path.StartsWith("src/", StringComparison.Ordinal))
        )
        {
            var text = await File.ReadAllTextAsync(SourceTree.PathOf(path), Cancelled);
            wrong.AddRange(StartedTask().Matches(text).Select(match => $"{path}: {match.Value.Trim()}"));
        }

        Assert.All(wrong, each => Assert.Contains(allowed, each.StartsWith));
    }

    [GeneratedRegex(
        @"^ +(?:var|Task(?:<[^=]+>)?) \w+ = (?!await)(?:[\w.]+\.)?(?:\w+Async|WhenAll|Run)\(",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex StartedTask();

    [GeneratedRegex(
        @"^(?:(?:public|internal|file|static|sealed|abstract|readonly|partial|ref|unsafe) )*(?:class|struct|interface|enum|record(?: struct| class)?|delegate [\w<>?]+) (?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(
        @"^namespace (?<name>[\w.]+);",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Namespace();

    // Written so that this file does not match.
    [GeneratedRegex(
        @"npmjs[.](?:org|com)|nuget[.]org|/(?:home|Users)[/](?!you\b|runner\b)\w+|/root[/]|\bTODO[:( ]|\bFIXME\b|\bXXX\b",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Unwanted();
}
