using System.Xml.Linq;
using Lading.Testing;

namespace Lading.Tests.Architecture;

/// <summary>Both pictures of dependencies: between projects, and between the folders of <c>Lading.Core</c>.</summary>
public sealed class PointingDown
{
    /// <summary>Folders, from the bottom row to the top: a folder may name only folders in lower rows.</summary>
    private static readonly string[][] Rows =
    [
        ["Http", "Oci", "Processes"],
        ["Git", "Engines"],
        ["Context"],
        ["Configuration"],
        ["Fingerprints", "Layout", "Locks", "Records", "Registry"],
        ["Apps", "Assembly", "Projects", "Provenance"],
        ["Registries"],
        ["Shipping"],
        ["Bases", "Checking", "Explaining", "Launching", "Locations"],
        ["Running"],
        ["Leases"],
        ["Deploying", "Initializing", "Retention", "Rollbacks"],
        ["Diagnosis"],
    ];

    private static System.Reflection.Assembly Core => typeof(LadingException).Assembly;

    [Fact]
    public void In_Core_no_folder_names_one_beside_or_above_it()
    {
        var wrong =
            from type in Core.GetTypes()
            where FolderOf(type) is not null
            from named in ReferencedTypes.Of(type)
            where named.Assembly == Core && FolderOf(named) is not null && FolderOf(named) != FolderOf(type)
            where RowOf(FolderOf(named)!) >= RowOf(FolderOf(type)!)
            select $"{type.FullName} ({FolderOf(type)}) names {named.FullName} ({FolderOf(named)})";

        Assert.Empty(wrong.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void In_Core_every_folder_has_a_row_and_the_top_namespace_names_no_folder()
    {
        var folders = Core.GetTypes()
            .Where(type => type.Namespace?.StartsWith("Lading.", StringComparison.Ordinal) == true)
            .Select(type => type.Namespace!.Split('.')[1])
            .Distinct();
        var common = Core.GetTypes().Where(type => type.Namespace == "Lading");

        Assert.Equal([], folders.Except(Rows.SelectMany(row => row)));
        Assert.DoesNotContain(
            common.SelectMany(ReferencedTypes.Of),
            type => type.Assembly == Core && FolderOf(type) is not null
        );
    }

    [Theory]
    [InlineData("Lading.Core", "")]
    [InlineData("Lading.Aws", "Lading.Core AWSSDK.Core AWSSDK.SSO AWSSDK.SSOOIDC AWSSDK.SecurityToken")]
    [InlineData("Lading.Server", "Lading.Core Microsoft.AspNetCore.App")]
    [InlineData("Lading.Cdk", "Lading.Core Amazon.CDK.Lib")]
    [InlineData("Lading.Cli", "Lading.Aws Lading.Core Lading.Server Spectre.Console System.CommandLine")]
    [InlineData("Lading.Docker", "Lading.Cli")]
    public void A_project_has_exactly_the_dependencies_in_the_picture(string project, string expected)
    {
        var file = XDocument.Load(SourceTree.PathOf($"src/{project}/{project}.csproj"));

        var found = file.Descendants()
            .Where(item => item.Name.LocalName is "ProjectReference" or "PackageReference" or "FrameworkReference")
            .Select(item => Path.GetFileName(item.Attribute("Include")!.Value).Replace(".csproj", ""));

        Assert.Equal(
            expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            found.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Every_project_under_src_is_in_the_picture()
    {
        var projects = Directory.GetDirectories(SourceTree.PathOf("src")).Select(folder => Path.GetFileName(folder)!);

        Assert.Equal(
            [
                "Lading.Aws",
                "Lading.Cdk",
                "Lading.Cli",
                "Lading.Core",
                "Lading.Docker",
                "Lading.Server",
                "lading-cdk",
                "lading_cdk",
            ],
            projects.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Compiled_Core_needs_only_the_base_class_library()
    {
        var library = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

        Assert.All(
            Core.GetReferencedAssemblies(),
            name => Assert.True(File.Exists(Path.Combine(library, name.Name + ".dll")), name.Name)
        );
    }

    [Fact]
    public void Only_Output_writes_to_the_console_and_only_the_program_reads_it()
    {
        string[] allowed = ["Lading.Cli.Host"];
        var users =
            from assembly in Sources.Assemblies
            from type in assembly.GetTypes()
            where ReferencedTypes.Of(type).Contains(typeof(Console))
            select Outermost(type).FullName;

        Assert.Empty(users.Distinct().Except(allowed));
    }

    private static string? FolderOf(Type type) =>
        Outermost(type).Namespace?.Split('.') is ["Lading", var folder, ..] ? folder : null;

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static int RowOf(string folder) => Array.FindIndex(Rows, row => row.Contains(folder));
}
