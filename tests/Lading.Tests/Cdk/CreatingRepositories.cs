using System.Text.Json;
using Amazon.CDK;
using Amazon.CDK.AWS.ECR;
using Amazon.CDK.AWS.KMS;
using Lading.Cdk;

namespace Lading.Tests.Cdk;

[Collection(JsiiCollection.Name)]
public sealed class CreatingRepositories : IDisposable
{
    private readonly CdkProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void Each_image_has_the_repository_that_publish_would_create()
    {
        var stack = CdkProject.Stack(project.App(), "111111111111");
        var repositories = ImageRepository.ForEachImage(stack);

        using var template = CdkProject.Json(stack);
        Assert.Equal(2, repositories.Count);
        Assert.Equal(
            ["storefront/web", "storefront/worker"],
            Repositories(template).Select(each => Property(each, "RepositoryName").GetString())
        );
        Assert.All(
            Repositories(template),
            each =>
            {
                Assert.Equal("Retain", each.GetProperty("DeletionPolicy").GetString());
                Assert.Equal("Retain", each.GetProperty("UpdateReplacePolicy").GetString());
                Assert.Equal("IMMUTABLE_WITH_EXCLUSION", Property(each, "ImageTagMutability").GetString());
                Assert.Equal(
                    """[{"ImageTagMutabilityExclusionFilterType":"WILDCARD","ImageTagMutabilityExclusionFilterValue":"sha256-*"}]""",
                    Property(each, "ImageTagMutabilityExclusionFilters").GetRawText()
                );
                Assert.True(Property(each, "ImageScanningConfiguration").GetProperty("ScanOnPush").GetBoolean());
                Assert.False(each.GetProperty("Properties").TryGetProperty("LifecyclePolicy", out _));
                Assert.False(each.GetProperty("Properties").TryGetProperty("RepositoryPolicyText", out _));
            }
        );
        Assert.DoesNotContain("/lading/", template.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("latest", "IMMUTABLE_WITH_EXCLUSION", "latest,sha256-*")]
    [InlineData("{branch}", "MUTABLE_WITH_EXCLUSION", "src-*,git-*")]
    public void Moving_aliases_stay_mutable(string alias, string rule, string filters)
    {
        project.Write(
            "lading.json",
            CdkProject.DefaultConfiguration.Replace(
                "\"images\"",
                $"\"aliases\": [\"{alias}\"], \"images\"",
                StringComparison.Ordinal
            )
        );
        var stack = CdkProject.Stack(project.App(), "111111111111");
        _ = new ImageRepository(stack, "Web", new ImageRepositoryProps { Image = "web" });

        using var template = CdkProject.Json(stack);
        var repository = Assert.Single(Repositories(template));
        Assert.Equal(rule, Property(repository, "ImageTagMutability").GetString());
        Assert.Equal(
            filters.Split(','),
            Property(repository, "ImageTagMutabilityExclusionFilters")
                .EnumerateArray()
                .Select(filter => filter.GetProperty("ImageTagMutabilityExclusionFilterValue").GetString())
        );
    }

    [Fact]
    public void Other_accounts_and_organisations_may_only_pull()
    {
        var stack = CdkProject.Stack(project.App(), "111111111111");
        _ = new ImageRepository(
            stack,
            "Web",
            new ImageRepositoryProps
            {
                Image = "web",
                PullAccounts = ["222222222222", "333333333333"],
                PullOrganizations = ["o-a1b2c3d4e5"],
                EncryptionKey = new Key(stack, "Key"),
            }
        );

        using var template = CdkProject.Json(stack);
        var repository = Assert.Single(Repositories(template));
        var statements = Property(repository, "RepositoryPolicyText").GetProperty("Statement");
        Assert.Equal(2, statements.GetArrayLength());
        Assert.All(
            statements.EnumerateArray(),
            each =>
                Assert.Equal(
                    ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
                    each.GetProperty("Action").EnumerateArray().Select(action => action.GetString())
                )
        );
        Assert.Contains(":iam::222222222222:root", statements[0].GetRawText(), StringComparison.Ordinal);
        Assert.Contains(":iam::333333333333:root", statements[0].GetRawText(), StringComparison.Ordinal);
        Assert.Equal(
            """{"StringEquals":{"aws:PrincipalOrgID":["o-a1b2c3d4e5"]}}""",
            statements[1].GetProperty("Condition").GetRawText()
        );
        Assert.Equal("KMS", Property(repository, "EncryptionConfiguration").GetProperty("EncryptionType").GetString());
    }

    [Fact]
    public void A_rule_that_would_delete_what_runs_is_refused()
    {
        var stack = CdkProject.Stack(project.App(), "111111111111");
        var repository = new ImageRepository(stack, "Web", new ImageRepositoryProps { Image = "web" });
        repository.AddLifecycleRule(new LifecycleRule { MaxImageCount = 10 });
        repository.AddLifecycleRule(
            new LifecycleRule { TagStatus = TagStatus.UNTAGGED, MaxImageAge = Duration.Days(1) }
        );
        repository.AddLifecycleRule(
            new LifecycleRule
            {
                TagStatus = TagStatus.TAGGED,
                TagPrefixList = ["branch-"],
                MaxImageAge = Duration.Days(90),
            }
        );

        Assert.All(
            CdkProject.Errors(stack),
            error =>
                Assert.StartsWith("/Storefront/Web: Could not add a lifecycle rule", error, StringComparison.Ordinal)
        );
        Assert.NotEmpty(CdkProject.Errors(stack));
        using var template = CdkProject.Json(stack);
        var policy = Property(Assert.Single(Repositories(template)), "LifecyclePolicy")
            .GetProperty("LifecyclePolicyText")
            .GetString()!;
        Assert.Contains("branch-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("untagged", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("imageCountMoreThan", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("src-", null)]
    [InlineData("s", null)]
    [InlineData(null, "*")]
    [InlineData(null, "src-0*")]
    public void A_rule_by_age_that_matches_the_tags_of_every_image_is_refused_too(string? prefix, string? pattern)
    {
        var stack = CdkProject.Stack(project.App(), "111111111111");
        var repository = new ImageRepository(stack, "Web", new ImageRepositoryProps { Image = "web" });

        repository.AddLifecycleRule(
            new LifecycleRule
            {
                TagStatus = TagStatus.TAGGED,
                TagPrefixList = prefix is null ? null : [prefix],
                TagPatternList = pattern is null ? null : [pattern],
                MaxImageAge = Duration.Days(90),
            }
        );

        Assert.Contains("src- tags", Assert.Single(CdkProject.Errors(stack)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_existing_one_is_imported_from_the_stacks_environment()
    {
        var stack = CdkProject.Stack(project.App(), "222222222222");
        var repository = ImageRepository.FromLading(stack, "Web", "web");
        _ = new CfnOutput(stack, "Uri", new CfnOutputProps { Value = repository.RepositoryUri });

        using var template = CdkProject.Json(stack);
        Assert.Empty(CdkProject.Errors(stack));
        Assert.Contains(
            "222222222222.dkr.ecr.ap-northeast-1.",
            template.RootElement.GetProperty("Outputs").GetRawText(),
            StringComparison.Ordinal
        );
        Assert.False(
            template.RootElement.TryGetProperty("Resources", out var resources) && resources.GetRawText() != "{}"
        );
    }

    [Fact]
    public void A_name_that_lading_json_does_not_know_is_reported()
    {
        var stack = CdkProject.Stack(project.App(), "111111111111");
        _ = new ImageRepository(stack, "Web", new ImageRepositoryProps { RepositoryName = "storefront/other" });
        _ = ImageRepository.FromLading(stack, "Wbe", "wbe");

        Assert.Contains("It has web, worker", Assert.Single(CdkProject.Errors(stack)), StringComparison.Ordinal);
    }

    private static IReadOnlyList<JsonElement> Repositories(JsonDocument template) =>
        [
            .. template
                .RootElement.GetProperty("Resources")
                .EnumerateObject()
                .Select(each => each.Value)
                .Where(each => each.GetProperty("Type").GetString() == "AWS::ECR::Repository"),
        ];

    private static JsonElement Property(JsonElement resource, string name) =>
        resource.GetProperty("Properties").GetProperty(name);
}
