using Lading.Checking.Templates;
using Lading.Testing;

namespace Lading.Tests.Checking;

public sealed class FindingImagesInTemplates : IDisposable
{
    private readonly TestAssembly assembly = new();

    public void Dispose() => assembly.Dispose();

    [Theory]
    [InlineData("AWS::Lambda::Function", """{ "Code": { "ImageUri": "a/b:1" } }""", "Thing a/b:1 linux/amd64")]
    [InlineData(
        "AWS::Lambda::Function",
        """{ "Code": { "ImageUri": "a/b:1" }, "Architectures": ["arm64"] }""",
        "Thing a/b:1 linux/arm64"
    )]
    [InlineData("AWS::Lambda::Function", """{ "Code": { "S3Bucket": "b" } }""")]
    [InlineData(
        "AWS::AppRunner::Service",
        """{ "SourceConfiguration": { "ImageRepository": { "ImageIdentifier": "a/b:1" } } }""",
        "Thing a/b:1 linux/amd64"
    )]
    [InlineData(
        "AWS::Batch::JobDefinition",
        """{ "ContainerProperties": { "Image": "a/b:1", "RuntimePlatform": { "CpuArchitecture": "ARM64" } } }""",
        "Thing a/b:1 linux/arm64"
    )]
    [InlineData(
        "AWS::Batch::JobDefinition",
        """{ "EcsProperties": { "TaskProperties": [{ "Containers": [{ "Name": "x", "Image": "a/b:1" }, { "Name": "y", "Image": "a/c:1" }] }] } }""",
        "x a/b:1 ",
        "y a/c:1 "
    )]
    [InlineData(
        "AWS::ECS::TaskDefinition",
        """{ "ContainerDefinitions": [{ "Name": "web", "Image": "a/b:1" }] }""",
        "web a/b:1 "
    )]
    [InlineData(
        "AWS::ECS::TaskDefinition",
        """{ "RequiresCompatibilities": ["EC2", "FARGATE"], "ContainerDefinitions": [{ "Name": "web", "Image": "a/b:1" }] }""",
        "web a/b:1 linux/amd64"
    )]
    [InlineData(
        "AWS::ECS::TaskDefinition",
        """{ "RuntimePlatform": { "OperatingSystemFamily": "WINDOWS_SERVER_2022_CORE", "CpuArchitecture": "X86_64" }, "ContainerDefinitions": [{ "Name": "web", "Image": "a/b:1" }] }""",
        "web a/b:1 windows/amd64"
    )]
    [InlineData(
        "AWS::ECS::TaskDefinition",
        """{ "ContainerDefinitions": [{ "Fn::If": ["Open", { "Name": "x", "Image": "a/b:1" }, { "Ref": "AWS::NoValue" }] }, { "Name": "y", "Image": { "Ref": "P" } }] }""",
        "x a/b:1 ",
        "y ? "
    )]
    [InlineData("AWS::ECS::TaskDefinition", """{ "ContainerDefinitions": { "Ref": "P" } }""", "Thing ? ")]
    [InlineData("AWS::S3::Bucket", """{ "Image": "a/b:1" }""")]
    public void Each_container_is_listed(string type, string properties, params string[] expected)
    {
        assembly.Stack(
            "S",
            $$"""{ "Parameters": { "P": { "Type": "String" } }, "Resources": { "Thing": { "Type": "{{type}}", "Properties": {{properties}} } } }"""
        );

        Assert.Equal(expected, List());
    }

    [Fact]
    public void Stages_and_nested_stacks_are_looked_into_with_what_they_are_given()
    {
        assembly
            .Stack(
                "Outer",
                """
                {
                  "Resources": {
                    "Inner": {
                      "Type": "AWS::CloudFormation::Stack",
                      "Properties": { "Parameters": { "Image": { "Fn::Sub": "web:${AWS::Region}" } } },
                      "Metadata": { "aws:asset:path": "inner.nested.template.json" }
                    },
                    "Elsewhere": { "Type": "AWS::CloudFormation::Stack", "Properties": { "TemplateURL": "https://x" } },
                    "Worker": { "Type": "AWS::Lambda::Function", "Properties": { "Code": { "ImageUri": { "Fn::GetAtt": ["Inner", "Outputs.Uri"] } } } }
                  }
                }
                """,
                "aws://111111111111/eu-central-1"
            )
            .File(
                "inner.nested.template.json",
                """
                {
                  "Parameters": { "Image": { "Type": "String" } },
                  "Resources": { "F": { "Type": "AWS::Lambda::Function", "Properties": { "Code": { "ImageUri": { "Ref": "Image" } } } } },
                  "Outputs": { "Uri": { "Value": { "Fn::Join": ["", ["worker:", { "Ref": "Image" }]] } } }
                }
                """
            )
            .Artifact(
                "assembly-Stage",
                """{ "type": "cdk:cloud-assembly", "properties": { "directoryName": "assembly-Stage" } }"""
            )
            .File(
                "assembly-Stage/manifest.json",
                """{ "artifacts": { "T": { "type": "aws:cloudformation:stack", "environment": "aws://222222222222/eu-west-1", "displayName": "Stage/T", "properties": { "templateFile": "T.json" } } } }"""
            )
            .File("assembly-Stage/T.json", TestAssembly.Fargate(("web", "\"a/b:1\"")));

        Assert.Equal(
            [
                "F web:eu-central-1 linux/amd64",
                "Elsewhere ? ",
                "Worker worker:web:eu-central-1 linux/amd64",
                "web a/b:1 linux/amd64",
            ],
            List()
        );
        Assert.Equal(["Outer/Inner", "Outer", "Outer", "Stage/T"], Images().Select(image => image.Stack.Name));
    }

    [Theory]
    [InlineData("", "it has no manifest.json. Name the folder that 'cdk synth' writes")]
    [InlineData("{", "manifest.json")]
    [InlineData(
        """{ "artifacts": { "S": { "type": "aws:cloudformation:stack", "properties": { "templateFile": "gone.json" } } } }""",
        "its manifest names gone.json, which is not there. Run 'cdk synth' again."
    )]
    public void A_folder_that_is_no_whole_assembly_is_wrong_use(string manifest, string reason)
    {
        if (manifest.Length > 0)
        {
            assembly.File("manifest.json", manifest);
        }

        var failure = Assert.Throws<LadingException>(() => CloudAssembly.Read(assembly.Folder));

        Assert.Equal(FailureKind.Usage, failure.Kind);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    private IEnumerable<TemplateImage> Images() => TemplateImages.Of(CloudAssembly.Read(assembly.Folder));

    private IEnumerable<string> List() =>
        Images().Select(image => $"{image.Container} {image.Reference.Text ?? "?"} {image.RunsOn}");
}
