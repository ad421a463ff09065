using Lading.Aws.Ecr;
using Lading.Checking;
using Lading.Configuration;
using Lading.Oci;

namespace Lading.Tests.Checking;

public sealed class DecidingOnTags
{
    private static readonly string Source = "src-" + new string('0', 40);

    [Theory]
    [InlineData(true, CheckVerdict.Ok, "")]
    [InlineData(false, CheckVerdict.Mutable, "aws ecr put-image-tag-mutability --repository-name storefront/web")]
    [InlineData(null, CheckVerdict.Mutable, "does not tell whether it may move; pin it by digest")]
    public void A_tag_passes_only_if_its_repository_is_immutable(bool? isImmutable, object verdict, string reason)
    {
        var finding = Assert.Single(Decide(Address("111111111111"), isImmutable));

        Assert.Equal(verdict, finding.Verdict);
        Assert.Contains(reason, finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void In_other_registries_the_remedy_is_to_mirror_or_accept_it()
    {
        var image = new CheckedImage
        {
            Name = "agent",
            Reference = "public.ecr.aws/datadog/agent:7",
            Address = Address(null) with { Host = "public.ecr.aws" },
        };
        var evidence = new ImageEvidence { Found = new FoundImage(Digest.OfBytes([1]), MediaTypes.OciManifest, []) };
        var rules = new CheckRules(HeadImages.Of([]));

        var refused = Assert.Single(rules.Of(image, evidence));
        var accepted = Assert.Single(rules.Of(image with { MayMove = true }, evidence));

        Assert.Equal((CheckVerdict.Mutable, false), (refused.Verdict, refused.Holds));
        Assert.Contains("mirror it with a \"from\" image of lading.json", refused.Reason, StringComparison.Ordinal);
        Assert.EndsWith(
            "\"check\": { \"mutable\": { \"public.ecr.aws/datadog/agent:7\": \"warn\" } }",
            refused.Reason,
            StringComparison.Ordinal
        );
        Assert.Equal((CheckVerdict.Mutable, true), (accepted.Verdict, accepted.Holds));
    }

    [Fact]
    public void A_tag_in_an_immutable_repository_of_the_template_passes() =>
        Assert.Equal(
            CheckVerdict.Ok,
            Assert
                .Single(
                    new CheckRules(HeadImages.Of([])).Of(
                        new CheckedImage
                        {
                            Name = "web",
                            Address = Address("111111111111"),
                            KeepsTag = true,
                        },
                        new ImageEvidence
                        {
                            Found = new FoundImage(Digest.OfBytes([1]), MediaTypes.OciManifest, []),
                            TagIsImmutable = false,
                        }
                    )
                )
                .Verdict
        );

    [Fact]
    public void Outside_ECR_the_remedy_is_a_digest() =>
        Assert.Equal(
            "a tag that may move in this repository; pin it by digest",
            Assert.Single(Decide(Address(null), isImmutable: false)).Reason
        );

    [Theory]
    [InlineData(false, true, true)]
    [InlineData(true, false, true)]
    [InlineData(false, false, false)]
    [InlineData(true, true, false)]
    public void A_filter_inverts_the_rule_of_the_repository(bool isMutable, bool noFilter, bool expected)
    {
        var settings = new RepositorySettings(isMutable, noFilter ? [] : ["src-*"]);

        Assert.Equal(expected, settings.IsImmutable(Tag.Parse(Source)));
    }

    private static IReadOnlyList<Finding> Decide(ImageAddress address, bool? isImmutable) =>
        new CheckRules(HeadImages.Of([])).Of(
            new CheckedImage { Name = "web", Address = address },
            new ImageEvidence
            {
                Found = new FoundImage(Digest.OfBytes([1]), MediaTypes.OciManifest, []),
                TagIsImmutable = isImmutable,
                Remedy = address.Registry.RegistryAccount is null ? null : EcrRemedies.KeepTags(address.Repository),
            }
        );

    private static ImageAddress Address(string? account) =>
        new(
            new EnvironmentDefinition
            {
                Name = "dev",
                Account = account,
                Region = "ap-northeast-1",
                Registry = account is null ? "registry.example.com" : null,
            },
            RepositoryName.Parse("storefront/web"),
            Tag.Parse(Source),
            Digest: null,
            Host: null
        );
}
