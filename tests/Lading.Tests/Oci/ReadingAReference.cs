using Lading.Oci;

namespace Lading.Tests.Oci;

public class ReadingAReference
{
    private const string Sha256 = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private const string Sha512 =
        "sha512:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    /// <summary>References as written, and in full.</summary>
    public static TheoryData<string, string> Meanings =>
        new()
        {
            // Docker Hub, by default and by each of its names.
            { "ubuntu", "docker.io/library/ubuntu" },
            { "ubuntu:22.04", "docker.io/library/ubuntu:22.04" },
            { "grafana/grafana", "docker.io/grafana/grafana" },
            { "docker.io/ubuntu", "docker.io/library/ubuntu" },
            { "docker.io/library/ubuntu", "docker.io/library/ubuntu" },
            { "index.docker.io/ubuntu:latest", "docker.io/library/ubuntu:latest" },
            { "registry-1.docker.io/grafana/grafana", "docker.io/grafana/grafana" },
            { "organization/team/app", "docker.io/organization/team/app" },
            // Without a slash there is no host: the part after the colon is a tag, even if it looks like a port.
            { "localhost:5000", "docker.io/library/localhost:5000" },
            { "example.com:5000", "docker.io/library/example.com:5000" },
            // Hosts: a dot, a port, localhost, a capital letter, IPv4, IPv6.
            { "localhost/app", "localhost/app" },
            { "localhost:5000/app", "localhost:5000/app" },
            { "localhost:5000/app:1", "localhost:5000/app:1" },
            { "registry:5000/app", "registry:5000/app" },
            { "ghcr.io/org/app:v1.2.3", "ghcr.io/org/app:v1.2.3" },
            { "Registry/app", "Registry/app" },
            { "GHCR.io/org/app", "ghcr.io/org/app" },
            { "127.0.0.1:5000/app", "127.0.0.1:5000/app" },
            { "[::1]/app", "[::1]/app" },
            { "[::1]:5000/app:2", "[::1]:5000/app:2" },
            { "[fd00:ec2::254]:5000/a/b", "[fd00:ec2::254]:5000/a/b" },
            {
                "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/storefront/web:src-0123",
                "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/storefront/web:src-0123"
            },
            {
                "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/web",
                "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/web"
            },
            // Digests, alone and beside a tag, with and without a port.
            { $"ubuntu@{Sha256}", $"docker.io/library/ubuntu@{Sha256}" },
            { $"ubuntu:22.04@{Sha256}", $"docker.io/library/ubuntu:22.04@{Sha256}" },
            { $"localhost:5000/app@{Sha256}", $"localhost:5000/app@{Sha256}" },
            { $"localhost:5000/app:v1@{Sha256}", $"localhost:5000/app:v1@{Sha256}" },
            { $"[::1]:5000/app:v1@{Sha256}", $"[::1]:5000/app:v1@{Sha256}" },
            { $"ghcr.io/org/app@{Sha512}", $"ghcr.io/org/app@{Sha512}" },
            // Separators in names, and tags that look like other things.
            { "a.b/c__d/e-f/g--h", "a.b/c__d/e-f/g--h" },
            { "example.com/a/b/c/d/e", "example.com/a/b/c/d/e" },
            { "app:_", "docker.io/library/app:_" },
            { "app:sha256", "docker.io/library/app:sha256" },
            { "app:V1.0-RC_1", "docker.io/library/app:V1.0-RC_1" },
            { "sha256:1", "docker.io/library/sha256:1" },
        };

    /// <summary>Text that is not a reference, and part of the error.</summary>
    public static TheoryData<string, string> Refused =>
        new()
        {
            { "", "expected [host/]repository" },
            { " ", "expected" },
            { " ubuntu", "expected" },
            { "ubuntu ", "expected" },
            { "ubuntu\n", "expected" },
            { "ubuntu:22.04\n", "is not a tag" },
            { "/ubuntu", "expected" },
            { "ubuntu/", "expected" },
            { "a//b", "expected" },
            { "localhost:5000/", "expected" },
            { "https://ghcr.io/org/app", "begins like an address" },
            { "docker://ubuntu", "begins like an address" },
            { "Ubuntu", "lower case" },
            { "ghcr.io/Org/App:1", "lower case" },
            { "ubuntu:", "'' is not a tag" },
            { "ubuntu:-1", "'-1' is not a tag" },
            { "ubuntu:a b", "is not a tag" },
            { "ubuntu:1:2", "expected" },
            { "ubuntu@", "not a digest" },
            { "ubuntu:@" + Sha256, "is not a tag" },
            { "@" + Sha256, "expected" },
            { "ubuntu@sha256:0123", "not a digest" },
            { "ubuntu@" + Sha256[..^1], "not a digest" },
            { "ubuntu@" + Sha256 + "0", "not a digest" },
            { "ubuntu@" + Sha256.ToUpperInvariant(), "not a digest" },
            { "ubuntu@md5:0123456789abcdef0123456789abcdef", "not a digest" },
            { $"ubuntu@{Sha256}@{Sha256}", "not a digest" },
            { $"ubuntu@{Sha256}:tag", "not a digest" },
            { Sha256, "id of an image" },
            { Sha256["sha256:".Length..], "id of an image" },
            { "-host.example/app", "not a host" },
            { "host_name.example/app", "not a host" },
            { "a..b/app", "not a host" },
            { "localhost:0/app", "not a host" },
            { "localhost:65536/app", "not a host" },
            { "localhost:http/app", "not a host" },
            { ":5000/app", "not a host" },
            { "[::1/app", "not a host" },
            { "[::g]:5000/app", "not a host" },
            { "[127.0.0.1]:5000/app", "not a host" },
            { "[fe80::1%eth0]:5000/app", "not a host" },
            { "::1/app", "not a host" },
            { "user@host.example/app", "not a digest" },
            { "example.com/a_-b", "expected" },
            { "example.com/a___b", "expected" },
            { "example.com/.a", "expected" },
            { "example.com/../a", "expected" },
            { "example.com/a%2fb", "expected" },
            { "example.com/a?b=c", "expected" },
            { "exämple.com/a", "not a host" },
            { "example.com/" + new string('a', 256), "expected" },
            { "example.com/a:" + new string('1', 129), "is not a tag" },
        };

    [Theory]
    [MemberData(nameof(Meanings))]
    public void A_reference_is_expanded_in_full(string written, string whole)
    {
        var reference = ImageReference.Parse(written);

        Assert.Equal(whole, reference.ToString());
        Assert.Equal(reference, ImageReference.Parse(whole));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Refuses_text_that_is_not_a_reference_with_the_reason(string written, string reason)
    {
        Assert.False(ImageReference.TryParse(written, out _));
        var refusal = Assert.Throws<FormatException>(() => ImageReference.Parse(written));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_digest_takes_precedence_over_a_tag()
    {
        var both = ImageReference.Parse($"localhost:5000/app:v1@{Sha256}");

        Assert.Equal("localhost:5000", both.Host);
        Assert.Equal("app", both.Repository.Value);
        Assert.Equal("v1", both.Tag?.Name);
        Assert.Equal(Sha256, both.Digest.ToString());
        Assert.Equal(Sha256, both.Manifest.ToString());
    }

    [Fact]
    public void Without_tag_and_digest_latest_is_implied_and_not_printed()
    {
        var reference = ImageReference.Parse("ubuntu");

        Assert.Null(reference.Tag);
        Assert.Equal("latest", reference.Manifest.ToString());
    }
}
