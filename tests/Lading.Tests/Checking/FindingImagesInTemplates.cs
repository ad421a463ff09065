using Lading.Checking.Templates;
using Lading.Deploying;
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
        "AWS::Lambda::Function",
        """{ "Code": { "ImageUri": "a/b:1" }, "Architectures": [{ "Ref": "P" }] }""",
        "Thing a/b:1 "
    )]
    [InlineData(
        "AWS::Batch::JobDefinition",
        """{ "NodeProperties": { "NodeRangeProperties": [{ "EcsProperties": { "TaskProperties": [{ "RuntimePlatform": { "CpuArchitecture": "ARM64" }, "Containers": [{ "Name": "x", "Image": "a/b:1" }] }] } }] } }""",
        "x a/b:1 linux/arm64"
    )]
    [InlineData(
        "AWS::CodeBuild::Project",
        """{ "Environment": { "Type": "ARM_CONTAINER", "Image": "a/b:1" } }""",
        "Thing a/b:1 linux/arm64"
    )]
    [InlineData(
        "AWS::EMRServerless::Application",
        """{ "Architecture": "ARM64", "WorkerTypeSpecifications": { "Driver": { "ImageConfiguration": { "ImageUri": "a/b:1" } } } }""",
        "Driver a/b:1 linux/arm64"
    )]
    [InlineData(
        "AWS::ECS::TaskDefinition",
        """{ "RuntimePlatform": { "CpuArchitecture": { "Ref": "P" } }, "ContainerDefinitions": [{ "Name": "web", "Image": "a/b:1" }] }""",
        "web a/b:1 "
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
    public void Facts_that_only_a_deployment_knows_are_reported_for_each_container()
    {
        var read = CloudAssembly.Read(SourceTree.PathOf("tests/Lading.Tests/Checking/check-unnamed-repository"));

        Assert.Equal(
            [
                "unnamed: the repository Repo gets its name at deployment",
                "named: ${AccountId}.dkr.ecr.${Region}.${URLSuffix}/team/app:v1",
                "firelens: SSM parameter /aws/service/aws-for-fluent-bit/latest is read at deployment",
                "param: parameter Uri is given at deployment",
                "uri: the repository Repo gets its name at deployment",
                "ssm: SSM parameter /my/image is read at deployment",
                "import: it imports OtherUri, which no stack of this assembly exports",
            ],
            TemplateImages
                .Of(read)
                .Select(image => $"{image.Container}: {image.Reference.Text ?? image.Reference.Reason}")
        );
    }

    [Fact]
    public void Every_service_that_runs_images_is_covered()
    {
        assembly.Stack(
            "S",
            File.ReadAllText(SourceTree.PathOf("tests/Lading.Tests/Checking/every-service.template.json"))
        );

        Assert.Equal(
            [
                "main amazon/amazon-ecs-sample",
                "init amazon/init",
                "Multi amazon/a",
                "Multi amazon/b",
                "x amazon/c",
                "y amazon/d",
                "one amazon/e",
                "cred custom-registry.example.com/my-app:v1.0",
                "CB ?/builder:v1",
                "game ?/game:v1",
                "EMR ?/spark:v1",
                "Sam ?/fn:v1",
                "d ?/daemon:v1",
                "Proc ?/model:v1",
            ],
            Images()
                .Select(image =>
                    $"{image.Container} {image.Reference.Text!.Replace("111111111111.dkr.ecr.us-east-1.amazonaws.com", "?", StringComparison.Ordinal)}"
                )
        );
        var unread = Assert.Single(UnreadResource.Of(CloudAssembly.Read(assembly.Folder).Stacks));
        Assert.Equal(("Custom", "Custom::CDKECRDeployment"), (unread.LogicalId, unread.Type));
        Assert.Equal(["SrcImage", "DestImage"], unread.Properties);
    }

    [Theory]
    [InlineData("Custom::AWSCDK-EKS-KubernetesResource", """{ "Manifest": "[{\"image\":\"nginx\"}]" }""", "Manifest")]
    [InlineData("AWS::NewService::Thing", """{ "ContainerUri": { "Ref": "P" } }""", "ContainerUri")]
    [InlineData(
        "AWS::StepFunctions::StateMachine",
        """{ "DefinitionString": { "Fn::Join": ["", ["{\"TrainingImage\":\"", { "Ref": "AWS::AccountId" }, ".dkr.ecr.eu-west-1.amazonaws.com/x\"}"]] } }""",
        "DefinitionString"
    )]
    [InlineData("AWS::EC2::Instance", """{ "ImageId": "ami-1" }""")]
    [InlineData("AWS::Lex::Bot", """{ "Image": "x" }""")]
    [InlineData("AWS::SSM::Parameter", """{ "Value": "111111111111.dkr.ecr.eu-west-1.amazonaws.com/x:1" }""")]
    [InlineData("Custom::Empty", """{ "Imagery": 1 }""")]
    public void An_unread_resource_that_may_name_an_image_is_reported(
        string type,
        string properties,
        params string[] expected
    )
    {
        assembly.Stack("S", $$"""{ "Resources": { "Thing": { "Type": "{{type}}", "Properties": {{properties}} } } }""");

        Assert.Equal(
            expected,
            UnreadResource.Of(CloudAssembly.Read(assembly.Folder).Stacks).SelectMany(resource => resource.Properties)
        );
    }

    [Fact]
    public void A_literal_region_determines_the_URL_suffix()
    {
        assembly.Stack(
            "S",
            TestAssembly.Fargate(
                ("web", """{ "Fn::Sub": "111111111111.dkr.ecr.cn-north-1.${AWS::URLSuffix}/web:1" }"""),
                ("own", """{ "Fn::Sub": "111111111111.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/web:1" }""")
            )
        );

        Assert.Equal(
            [
                "111111111111.dkr.ecr.cn-north-1.amazonaws.com.cn/web:1",
                "111111111111.dkr.ecr.${Region}.${URLSuffix}/web:1",
            ],
            Images().Select(image => image.Reference.Text)
        );
    }

    [Theory]
    [InlineData("\"IMMUTABLE\"", "[]", true)]
    [InlineData("\"MUTABLE\"", "[]", false)]
    [InlineData("\"IMMUTABLE_WITH_EXCLUSION\"", """[{ "ImageTagMutabilityExclusionFilterValue": "v*" }]""", false)]
    [InlineData("\"IMMUTABLE_WITH_EXCLUSION\"", """[{ "Ref": "P" }]""", false)]
    [InlineData("{ \"Ref\": \"P\" }", "[]", false)]
    public void A_repository_in_the_template_tells_whether_its_tags_can_move(string rule, string filters, bool stays)
    {
        assembly.Stack(
            "S",
            $$"""
            {
              "Parameters": { "P": { "Type": "String" } },
              "Resources": {
                "Repo": { "Type": "AWS::ECR::Repository", "Properties": { "RepositoryName": "team/app", "ImageTagMutability": {{rule}}, "ImageTagMutabilityExclusionFilters": {{filters}} } },
                "F": { "Type": "AWS::Lambda::Function", "Properties": { "Code": { "ImageUri": { "Fn::Sub": "${Repo.RepositoryUri}:v1" } } } }
              }
            }
            """
        );

        var image = Assert.Single(Images());

        Assert.Equal(stays, image.Stack.KeepsTag(image.Reference.Text!));
        Assert.False(image.Stack.KeepsTag(image.Reference.Text!.Replace("app", "apple", StringComparison.Ordinal)));
    }

    /// <summary>CDK puts one beside each VPC: the function that empties the default security group.</summary>
    [Fact]
    public void The_code_of_a_function_is_not_read_as_a_nested_stack()
    {
        assembly
            .Stack(
                "Shop",
                """
                {
                  "Resources": {
                    "Handler": { "Type": "AWS::Lambda::Function", "Metadata": { "aws:asset:path": "asset.1" } },
                    "Web": { "Type": "AWS::ECS::Service" }
                  }
                }
                """
            )
            .File("asset.1/index.js", "");

        var stack = CloudAssembly.Read(assembly.Folder).Stacks.Single();

        Assert.All(stack.Resources, resource => Assert.Null(stack.FindNested(resource.Name, resource.Value)));
        Assert.True(DeployRegion.HasService(stack));
    }

    [Fact]
    public void Stages_and_nested_stacks_are_read_with_their_parameters()
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

    [Fact]
    public void A_file_in_place_of_the_folder_is_reported_as_one()
    {
        var file = Path.Combine(assembly.Folder, "shop.template.json");
        File.WriteAllText(file, "{}");

        Assert.Contains(
            "it is a file, not a folder. Name the folder that 'cdk synth' writes",
            Assert.Throws<LadingException>(() => CloudAssembly.Read(file)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_missing_folder_is_reported_as_missing() =>
        Assert.Contains(
            "there is no such folder. Run 'cdk synth' first",
            Assert.Throws<LadingException>(() => CloudAssembly.Read(Path.Combine(assembly.Folder, "nowhere"))).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("", "it has no manifest.json. Name the folder that 'cdk synth' writes")]
    [InlineData("{", "manifest.json")]
    [InlineData(
        """{ "artifacts": { "S": { "type": "aws:cloudformation:stack", "properties": { "templateFile": "gone.json" } } } }""",
        "its manifest names gone.json, which is not there. Run 'cdk synth' again."
    )]
    public void A_folder_without_a_complete_assembly_is_wrong_use(string manifest, string reason)
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
