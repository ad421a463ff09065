using System.Globalization;
using Lading.Checking.Templates;
using Lading.Testing;

namespace Lading.Tests.Checking;

/// <summary>A stack overflow ends the whole process: each of these did, or never ended.</summary>
public sealed class GoingInCircles : IDisposable
{
    private const string Image =
        """{ "Type": "AWS::Lambda::Function", "Properties": { "Code": { "ImageUri": VALUE } } }""";
    private const string Circle = "the template refers to itself in a circle";

    private readonly TestAssembly assembly = new();

    public void Dispose() => assembly.Dispose();

    [Fact]
    public void Exports_of_two_stacks_that_import_each_other_are_unknown()
    {
        assembly.Stack("A", Exporting("a", """{ "Fn::ImportValue": "b" }"""));
        assembly.Stack("B", Exporting("b", """{ "Fn::Sub": ["x${it}", { "it": { "Fn::ImportValue": "a" } }] }"""));
        assembly.Stack("C", Running("""{ "Fn::ImportValue": "a" }"""));

        Assert.Equal([Circle], Reasons());
    }

    [Fact]
    public void An_export_whose_name_is_imported_is_not_found()
    {
        assembly.Stack("A", Exporting("""{ "Fn::ImportValue": "a" }""", "\"web:1\"", isText: false));
        assembly.Stack("B", Running("""{ "Fn::ImportValue": "a" }"""));

        Assert.Equal(["it imports a, which no stack of this assembly exports"], Reasons());
    }

    [Fact]
    public void A_parameter_that_a_nested_stack_returns_to_its_parent_is_unknown()
    {
        assembly
            .Stack(
                "Outer",
                """
                {
                  "Resources": {
                    "Inner": {
                      "Type": "AWS::CloudFormation::Stack",
                      "Properties": { "Parameters": { "Image": { "Fn::GetAtt": ["Inner", "Outputs.Uri"] } } },
                      "Metadata": { "aws:asset:path": "inner.json" }
                    }
                  }
                }
                """
            )
            .File(
                "inner.json",
                $$"""
                {
                  "Parameters": { "Image": { "Type": "String" } },
                  "Resources": { "F": {{Image.Replace("VALUE", """{ "Ref": "Image" }""", StringComparison.Ordinal)}} },
                  "Outputs": { "Uri": { "Value": { "Ref": "Image" } } }
                }
                """
            );

        Assert.Equal([Circle], Reasons());
    }

    [Fact]
    public void A_stack_nested_in_itself_is_named_once()
    {
        const string Nested = """
            { "Resources": { "Inner": { "Type": "AWS::CloudFormation::Stack", "Metadata": { "aws:asset:path": "./inner.json" } } } }
            """;
        assembly.Stack("Outer", Nested).File("inner.json", Nested);

        Assert.Equal(["a nested stack whose template is not in the assembly, or nests itself"], Reasons());
    }

    [Fact]
    public void An_assembly_that_contains_itself_is_wrong_use()
    {
        assembly
            .Artifact("a", """{ "type": "cdk:cloud-assembly", "properties": { "directoryName": "stage" } }""")
            .File(
                "stage/manifest.json",
                """{ "artifacts": { "b": { "type": "cdk:cloud-assembly", "properties": { "directoryName": "../" } } } }"""
            );

        var failure = Assert.Throws<LadingException>(() => CloudAssembly.Read(assembly.Folder));

        Assert.Equal(FailureKind.Usage, failure.Kind);
        Assert.Contains("is the one that it is nested in", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Conditions_that_depend_on_themselves_stay_open()
    {
        assembly.Stack(
            "S",
            $$"""
            {
              "Conditions": {
                "A": { "Fn::Equals": [{ "Fn::If": ["B", "x", "y"] }, "x"] },
                "B": { "Fn::Not": [{ "Fn::Equals": [{ "Fn::If": ["A", "x", "y"] }, "x"] }] }
              },
              "Resources": { "F": {{Image.Replace(
                "VALUE",
                """{ "Fn::Sub": ["${v}", { "v": { "Fn::If": ["A", "web:1", "web:2"] } }] }""",
                StringComparison.Ordinal
            )}} }
            }
            """
        );

        Assert.Equal(["it depends on condition A, which is decided at deployment"], Reasons());
    }

    [Fact]
    public void A_value_that_doubles_at_each_step_ends()
    {
        // The name of the last repository is two of the one before, and so on: 2^60 parts.
        var repositories = Enumerable
            .Range(1, 60)
            .Select(i =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $$$"""
                    "R{{{i}}}": { "Type": "AWS::ECR::Repository", "Properties": { "RepositoryName": { "Fn::Join": ["", [{ "Ref": "R{{{i
                        - 1}}}" }, { "Ref": "R{{{i - 1}}}" }]] } } }
                    """
                )
            );
        assembly.Stack(
            "S",
            $$"""
            {
              "Resources": {
                "R0": { "Type": "AWS::ECR::Repository", "Properties": { "RepositoryName": "a" } },
                {{string.Join(",\n", repositories)}},
                "F": {{Image.Replace("VALUE", """{ "Ref": "R60" }""", StringComparison.Ordinal)}}
              }
            }
            """
        );

        Assert.Equal([Circle], Reasons());
    }

    private static string Exporting(string name, string value, bool isText = true) =>
        $$"""{ "Outputs": { "O": { "Value": {{value}}, "Export": { "Name": {{(isText ? $"\"{name}\"" : name)}} } } } }""";

    private static string Running(string value) =>
        $$"""{ "Resources": { "F": {{Image.Replace("VALUE", value, StringComparison.Ordinal)}} } }""";

    private IEnumerable<string> Reasons() =>
        TemplateImages
            .Of(CloudAssembly.Read(assembly.Folder))
            .Where(image => image.Reference.Text is null)
            .Select(image => image.Reference.Reason);
}
