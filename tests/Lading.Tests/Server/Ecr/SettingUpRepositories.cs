using System.Globalization;
using System.Net;
using System.Text;
using Lading.Oci;
using Lading.Testing;

namespace Lading.Tests.Server.Ecr;

public sealed class SettingUpRepositories : EcrTests
{
    [Fact]
    public async Task A_repository_is_described_as_it_was_created()
    {
        var created = await Ecr.CallAsync(
            "CreateRepository",
            new
            {
                repositoryName = "team/app",
                imageTagMutability = "IMMUTABLE_WITH_EXCLUSION",
                imageTagMutabilityExclusionFilters = new[] { new { filterType = "WILDCARD", filter = "sha256-*" } },
                imageScanningConfiguration = new { scanOnPush = true },
                encryptionConfiguration = new { encryptionType = "KMS", kmsKey = "alias/key" },
                tags = new[] { new { Key = "team", Value = "storefront" } },
            }
        );
        var repository = created.GetProperty("repository");
        Assert.Equal(
            $"arn:aws:ecr:eu-west-1:{Account}:repository/team/app",
            repository.GetProperty("repositoryArn").GetString()
        );
        Assert.Equal($"{Registry.Host}/team/app", repository.GetProperty("repositoryUri").GetString());
        Assert.Equal("IMMUTABLE_WITH_EXCLUSION", repository.GetProperty("imageTagMutability").GetString());
        Assert.True(repository.GetProperty("createdAt").GetDouble() > 1_700_000_000);

        var described = await Ecr.CallAsync("DescribeRepositories", new { repositoryNames = new[] { "team/app" } });
        Assert.Equal(repository.GetRawText(), described.GetProperty("repositories")[0].GetRawText());
    }

    [Theory]
    [InlineData("UPPER")]
    [InlineData("x")]
    [InlineData("../up")]
    [InlineData("a//b")]
    public async Task An_invalid_name_is_refused(string name) =>
        Assert.Equal(
            "InvalidParameterException",
            await Ecr.RefusedAsync("CreateRepository", new { repositoryName = name })
        );

    [Fact]
    public async Task A_repository_is_created_once()
    {
        await Ecr.CreateAsync();
        Assert.Equal(
            "RepositoryAlreadyExistsException",
            await Ecr.RefusedAsync("CreateRepository", new { repositoryName = EcrWire.Repository })
        );
    }

    [Theory]
    [InlineData("IMMUTABLE", "a")]
    [InlineData("MUTABLE_WITH_EXCLUSION")]
    [InlineData("IMMUTABLE_WITH_EXCLUSION", "a", "b", "c", "d", "e", "f")]
    [InlineData("IMMUTABLE_WITH_EXCLUSION", "*a*b*")]
    [InlineData("IMMUTABLE_WITH_EXCLUSION", "a b")]
    [InlineData("SOMETIMES")]
    public async Task Tag_rules_that_ECR_does_not_accept_are_refused(string rule, params string[] filters)
    {
        await Ecr.CreateAsync();
        var input = new Dictionary<string, object>
        {
            ["repositoryName"] = EcrWire.Repository,
            ["imageTagMutability"] = rule,
        };
        if (filters.Length > 0)
        {
            input["imageTagMutabilityExclusionFilters"] = filters.Select(filter => new
            {
                filterType = "WILDCARD",
                filter,
            });
        }

        Assert.Equal("InvalidParameterException", await Ecr.RefusedAsync("PutImageTagMutability", input));
    }

    [Fact]
    public async Task Tag_rules_apply_to_every_push()
    {
        await Ecr.CreateAsync();
        var (one, two) = (await Ecr.PushAsync("one"), await Ecr.PushAsync("two"));
        await Ecr.CallAsync(
            "PutImageTagMutability",
            new
            {
                repositoryName = EcrWire.Repository,
                imageTagMutability = "IMMUTABLE_WITH_EXCLUSION",
                imageTagMutabilityExclusionFilters = new[] { new { filterType = "WILDCARD", filter = "alias-*" } },
            }
        );
        var wire = new Wire(Registry.Http);
        async Task<HttpStatusCode> PushAsync(string tag, ManifestContent manifest)
        {
            using var response = await wire.PutManifestAsync(tag, manifest.Bytes.ToArray(), manifest.MediaType);
            return response.StatusCode;
        }

        Assert.Equal(HttpStatusCode.Created, await PushAsync("v1", one.Manifest));
        Assert.Equal(HttpStatusCode.BadRequest, await PushAsync("v1", two.Manifest));
        Assert.Equal(HttpStatusCode.BadRequest, await PushAsync("v1", one.Manifest));
        Assert.Equal(HttpStatusCode.Created, await PushAsync("alias-main", one.Manifest));
        Assert.Equal(HttpStatusCode.Created, await PushAsync("alias-main", two.Manifest));
        using var refused = await wire.PutManifestAsync("v1", two.Manifest.Bytes.ToArray(), two.Manifest.MediaType);
        Assert.Contains("TAG_INVALID", await refused.Content.ReadAsStringAsync(EcrWire.Cancellation));
        Assert.Equal(
            "ImageTagAlreadyExistsException",
            await Ecr.RefusedAsync(
                "PutImage",
                new
                {
                    repositoryName = EcrWire.Repository,
                    imageManifest = Encoding.UTF8.GetString(two.Manifest.Bytes.Span),
                    imageTag = "v1",
                }
            )
        );
    }

    [Fact]
    public async Task All_repositories_are_listed_in_pages()
    {
        var names = Enumerable.Range(0, 7).Select(i => $"team/app{i.ToString(CultureInfo.InvariantCulture)}").ToList();
        foreach (var name in names)
        {
            await Ecr.CreateAsync(name);
        }

        var pages = await Ecr.PagesAsync(
            "DescribeRepositories",
            "repositories",
            next => new { maxResults = 3, nextToken = next }
        );
        Assert.Equal([3, 3, 1], pages.Select(page => page.GetArrayLength()));
        Assert.Equal(names, pages.SelectMany(page => EcrWire.Texts(page, "repositoryName")));
        Assert.Equal(
            "InvalidParameterException",
            await Ecr.RefusedAsync("DescribeRepositories", new { nextToken = "!" })
        );
    }

    [Fact]
    public async Task One_missing_repository_fails_the_call_that_names_it() =>
        Assert.Equal(
            "RepositoryNotFoundException",
            await Ecr.RefusedAsync("DescribeRepositories", new { repositoryNames = new[] { "team/none" } })
        );

    [Fact]
    public async Task A_repository_with_images_is_deleted_only_by_force()
    {
        await Ecr.CreateAsync();
        var image = await Ecr.PushAsync("one", "v1");
        Assert.Equal(
            "RepositoryNotEmptyException",
            await Ecr.RefusedAsync("DeleteRepository", new { repositoryName = EcrWire.Repository })
        );
        await Ecr.CallAsync("DeleteRepository", new { repositoryName = EcrWire.Repository, force = true });
        Assert.Equal(
            "RepositoryNotFoundException",
            await Ecr.RefusedAsync("DeleteRepository", new { repositoryName = EcrWire.Repository })
        );
        await Ecr.CreateAsync();
        await new Wire(Registry.Http).LacksAsync($"manifests/{image.Digest}");
        await Ecr.CallAsync("DeleteRepository", new { repositoryName = EcrWire.Repository });
    }

    [Fact]
    public async Task Tags_of_a_repository_are_added_and_removed()
    {
        var arn = (await Ecr.CreateAsync()).GetProperty("repository").GetProperty("repositoryArn").GetString();
        await Ecr.CallAsync(
            "TagResource",
            new { resourceArn = arn, tags = new[] { new { Key = "b", Value = "1" }, new { Key = "a", Value = "" } } }
        );
        await Ecr.CallAsync("TagResource", new { resourceArn = arn, tags = new[] { new { Key = "b", Value = "2" } } });
        await Ecr.CallAsync("UntagResource", new { resourceArn = arn, tagKeys = new[] { "a", "none" } });
        var left = await Ecr.CallAsync("ListTagsForResource", new { resourceArn = arn });
        Assert.Equal("""[{"Key":"b","Value":"2"}]""", left.GetProperty("tags").GetRawText());
        Assert.Equal(
            "InvalidTagParameterException",
            await Ecr.RefusedAsync(
                "TagResource",
                new { resourceArn = arn, tags = new[] { new { Key = "aws:x", Value = "" } } }
            )
        );
        Assert.Equal(
            "TooManyTagsException",
            await Ecr.RefusedAsync(
                "TagResource",
                new
                {
                    resourceArn = arn,
                    tags = Enumerable
                        .Range(0, 50)
                        .Select(i => new { Key = i.ToString(CultureInfo.InvariantCulture), Value = "" }),
                }
            )
        );
        Assert.Equal(
            "InvalidParameterException",
            await Ecr.RefusedAsync(
                "ListTagsForResource",
                new { resourceArn = "arn:aws:ecr:eu-west-1:999999999999:repository/team/app" }
            )
        );
    }

    [Fact]
    public async Task A_policy_is_stored()
    {
        await Ecr.CreateAsync();
        var name = new { repositoryName = EcrWire.Repository };
        Assert.Equal("RepositoryPolicyNotFoundException", await Ecr.RefusedAsync("GetRepositoryPolicy", name));
        Assert.Equal("RepositoryPolicyNotFoundException", await Ecr.RefusedAsync("DeleteRepositoryPolicy", name));
        const string Policy = """{"Version":"2012-10-17","Statement":[]}""";
        await Ecr.CallAsync("SetRepositoryPolicy", new { repositoryName = EcrWire.Repository, policyText = Policy });
        var kept = await Ecr.CallAsync("GetRepositoryPolicy", name);
        Assert.Equal(Policy, kept.GetProperty("policyText").GetString());
        await Ecr.CallAsync("DeleteRepositoryPolicy", name);
        Assert.Equal("RepositoryPolicyNotFoundException", await Ecr.RefusedAsync("GetRepositoryPolicy", name));
        Assert.Equal(
            "InvalidParameterException",
            await Ecr.RefusedAsync(
                "SetRepositoryPolicy",
                new { repositoryName = EcrWire.Repository, policyText = "no policy" }
            )
        );
    }

    [Fact]
    public async Task The_scanning_setting_is_stored_and_nothing_is_scanned()
    {
        await Ecr.CreateAsync();
        await Ecr.PushAsync("one", "v1");
        await Ecr.CallAsync(
            "PutImageScanningConfiguration",
            new { repositoryName = EcrWire.Repository, imageScanningConfiguration = new { scanOnPush = true } }
        );
        var all = await Ecr.CallAsync("DescribeRepositories", new { });
        Assert.True(
            all.GetProperty("repositories")[0]
                .GetProperty("imageScanningConfiguration")
                .GetProperty("scanOnPush")
                .GetBoolean()
        );
        Assert.Equal(
            "ScanNotFoundException",
            await Ecr.RefusedAsync(
                "DescribeImageScanFindings",
                new { repositoryName = EcrWire.Repository, imageId = new { imageTag = "v1" } }
            )
        );
    }
}
