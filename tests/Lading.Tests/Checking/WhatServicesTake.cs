using Lading.Checking;
using Lading.Configuration;
using Lading.Oci;

namespace Lading.Tests.Checking;

public sealed class WhatServicesTake
{
    private const string Own = "111111111111.dkr.ecr.eu-west-1.amazonaws.com";

    [Theory]
    [InlineData("AWS::Lambda::Function", Own, MediaTypes.OciManifest)]
    [InlineData("AWS::Lambda::Function", null, MediaTypes.DockerManifest)]
    [InlineData(
        "AWS::Lambda::Function",
        Own,
        MediaTypes.OciIndex,
        "takes no image index, not even one of a single platform"
    )]
    [InlineData("AWS::Serverless::Function", Own, MediaTypes.DockerIndex, "Lambda takes no image index")]
    [InlineData(
        "AWS::Lambda::Function",
        "111111111111.dkr.ecr-fips.eu-west-1.amazonaws.com",
        MediaTypes.OciManifest,
        "does not take this form of ECR's host: write " + Own
    )]
    [InlineData("AWS::Lambda::Function", "111111111111.dkr-ecr.eu-west-1.on.aws", MediaTypes.OciManifest)]
    [InlineData(
        "AWS::Lambda::Function",
        "222222222222.dkr.ecr.us-east-1.amazonaws.com",
        MediaTypes.OciManifest,
        "pulls from its own region alone, eu-west-1"
    )]
    [InlineData("AWS::Lambda::Function", "222222222222.dkr.ecr.eu-west-1.amazonaws.com", MediaTypes.OciManifest)]
    [InlineData("AWS::Lambda::Function", "public.ecr.aws", MediaTypes.OciManifest, "Lambda pulls from ECR alone")]
    [InlineData("AWS::Lambda::Function", "docker.io", null, "mirror it with a \"from\" image of lading.json")]
    [InlineData("AWS::AppRunner::Service", "public.ecr.aws", MediaTypes.OciIndex)]
    [InlineData("AWS::AppRunner::Service", "ghcr.io", null, "App Runner pulls from ECR and ECR Public alone")]
    [InlineData("AWS::SageMaker::Model", Own, MediaTypes.DockerManifest)]
    [InlineData("AWS::SageMaker::Model", Own, MediaTypes.OciManifest, "build it with Docker's media types")]
    [InlineData("AWS::SageMaker::Model", Own, MediaTypes.OciIndex, "takes no image index")]
    [InlineData("AWS::BedrockAgentCore::Runtime", Own, MediaTypes.OciIndex)]
    [InlineData("AWS::BedrockAgentCore::Runtime", "quay.io", null, "Bedrock AgentCore pulls from ECR alone")]
    [InlineData(
        "AWS::BedrockAgentCore::Runtime",
        "111111111111.dkr-ecr.eu-west-1.on.aws",
        null,
        "does not take this form of ECR's host"
    )]
    [InlineData("AWS::EMRServerless::Application", "docker.io", null, "EMR Serverless pulls from ECR alone")]
    [InlineData("AWS::Batch::JobDefinition", "docker.io", MediaTypes.OciIndex)]
    [InlineData("AWS::ECS::TaskDefinition", "111111111111.dkr.ecr-fips.us-east-1.amazonaws.com", MediaTypes.OciIndex)]
    public void Each_service_says_what_it_refuses(
        string type,
        string? host,
        string? mediaType,
        params string[] expected
    )
    {
        var reasons = ImageRequirements.Of(type).WhyRefused(host, "eu-west-1", mediaType).ToList();

        Assert.Equal(expected.Length, reasons.Count);
        Assert.All(expected.Zip(reasons), each => Assert.Contains(each.First, each.Second, StringComparison.Ordinal));
    }

    [Fact]
    public void An_open_region_of_a_stack_is_not_compared() =>
        Assert.Empty(ImageRequirements.Of("AWS::Lambda::Function").WhyRefused(Own, region: null, mediaType: null));

    [Fact]
    public void A_model_may_reach_another_registry_through_its_VPC() =>
        Assert.Empty(
            ImageRequirements
                .Of("AWS::SageMaker::Model", isReachedByVpc: true)
                .WhyRefused("registry.example.com", "eu-west-1", MediaTypes.DockerManifest)
        );

    [Theory]
    [InlineData("AWS::CodeBuild::Project", "aws/codebuild/amazonlinux2-x86_64-standard:5.0", "CodeBuild has it")]
    [InlineData("AWS::Lightsail::Container", ":shop.web.3", "Lightsail has it")]
    public void Images_that_a_service_provides_are_looked_up_in_no_registry(
        string type,
        string reference,
        string reason
    )
    {
        var requirements = ImageRequirements.Of(type);

        Assert.True(requirements.Has(reference));
        Assert.False(requirements.Has("nginx"));
        Assert.Equal(
            new Finding(CheckVerdict.Ok, reason),
            Assert.Single(
                new CheckRules(HeadImages.Of([])).Of(
                    new CheckedImage
                    {
                        Name = "x",
                        Requirements = requirements,
                        IsOfService = true,
                    },
                    new ImageEvidence()
                )
            )
        );
    }

    [Fact]
    public void An_image_that_the_service_refuses_fails_the_check()
    {
        var finding = Assert.Single(Decide("AWS::Lambda::Function", MediaTypes.OciIndex));

        Assert.Equal(CheckVerdict.Refused, finding.Verdict);
        Assert.False(finding.Holds);
        Assert.Equal(CheckVerdict.Ok, Assert.Single(Decide("AWS::ECS::TaskDefinition", MediaTypes.OciIndex)).Verdict);
    }

    private static IReadOnlyList<Finding> Decide(string type, string mediaType)
    {
        var digest = Digest.OfBytes([1]);
        return new CheckRules(HeadImages.Of([])).Of(
            new CheckedImage
            {
                Name = "web",
                Requirements = ImageRequirements.Of(type),
                Region = "eu-west-1",
                Address = new ImageAddress(
                    new EnvironmentDefinition { Name = "dev" },
                    RepositoryName.Parse("shop/web"),
                    Tag: null,
                    digest,
                    Host: null
                ),
            },
            new ImageEvidence { Found = new FoundImage(digest, mediaType, []) }
        );
    }
}
