using System.Text;
using Lading.Oci;
using Lading.Retention;
using Lading.Retention.Evidence;
using Lading.Running.Evidence;

namespace Lading.Tests.Retention;

/// <summary>Evidence for tests of the decision: short names stand for digests.</summary>
internal static class Stored
{
    public const string Host = "111111111111.dkr.ecr.eu-west-1.amazonaws.com";
    public const string OtherHost = "222222222222.dkr.ecr.eu-west-1.amazonaws.com";

    public static DateTimeOffset Now { get; } = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    public static RepositoryName Web { get; } = RepositoryName.Parse("shop/web");

    public static FactOrigin Source { get; } = new("ecs:DescribeTasks", "", Now);

    public static Digest DigestOf(string name) => Digest.OfBytes(Encoding.UTF8.GetBytes(name));

    /// <summary>The source tag of an image that Lading published.</summary>
    public static string TagOf(string name) => "src-" + DigestOf(name).Hex[..40];

    /// <summary>An image that Lading published 100 days ago, and that nobody has pulled.</summary>
    public static StoredImage Image(string name) =>
        new()
        {
            Digest = DigestOf(name),
            MediaType = MediaTypes.OciManifest,
            Tags = [TagOf(name)],
            PushedAt = Now.AddDays(-100),
        };

    /// <summary>A manifest without a tag, of the same age.</summary>
    public static StoredImage Untagged(string name) => Image(name) with { Tags = [] };

    public static StoredImage Index(string name, params string[] children) =>
        Image(name) with
        {
            MediaType = MediaTypes.OciIndex,
            Children = [.. children.Select(child => Child(child, "linux/amd64"))],
        };

    public static Descriptor Child(string name, string platform) =>
        new()
        {
            MediaType = MediaTypes.OciManifest,
            Digest = DigestOf(name),
            Size = 100,
            Platform = Platform.Parse(platform),
        };

    public static Descriptor Blob(string name, long size) =>
        new()
        {
            MediaType = MediaTypes.OciLayerGzip,
            Digest = DigestOf(name),
            Size = size,
        };

    public static StoredImage Referrer(string name, string subject) =>
        Untagged(name) with
        {
            Subject = DigestOf(subject),
        };

    public static StoredRepository Repository(params StoredImage[] images) => RepositoryAt(Host, images);

    public static StoredRepository RepositoryAt(string host, params StoredImage[] images) =>
        new()
        {
            Host = host,
            Name = Web,
            IsOfProject = true,
            Images = images,
        };

    public static RetentionEvidence Evidence(params StoredImage[] images) =>
        new() { ReadAt = Now, Repositories = [Repository(images)] };

    public static RetentionEvidence With(this RetentionEvidence evidence, params ImageUse[] uses) =>
        evidence with
        {
            Uses = [.. evidence.Uses, .. uses],
        };

    /// <summary>A use of a reference as somebody wrote it.</summary>
    public static ImageUse Use(string reference, UseKind kind = UseKind.Running) =>
        UsedImage.TryParse(reference, out var image)
            ? new ImageUse(kind, image, "runs in Shop", Source)
            : throw new FormatException(reference);

    /// <summary>A use of a digest in the repository of <see cref="Repository"/>.</summary>
    public static ImageUse UseOf(string name, UseKind kind = UseKind.Running) =>
        Use($"{Host}/{Web}@{DigestOf(name)}", kind);

    public static RetentionPlan Decide(this RetentionEvidence evidence, RetentionPolicy? policy = null) =>
        RetentionRules.Decide(evidence, policy ?? new RetentionPolicy());

    /// <summary>The names of the kept images, in the order of the evidence.</summary>
    public static IEnumerable<string> Kept(this RetentionPlan plan, params string[] names) =>
        plan
            .Repositories.SelectMany(repository => repository.Images)
            .Where(decision => decision.IsKept)
            .Select(decision => names.Single(name => DigestOf(name) == decision.Image.Digest));

    /// <summary>The reasons for keeping an image, as people read them.</summary>
    public static IEnumerable<string> ReasonsOf(this RetentionPlan plan, string name) =>
        plan
            .Repositories.SelectMany(repository => repository.Images)
            .First(decision => decision.Image.Digest == DigestOf(name))
            .Reasons.Select(reason => reason.Text);
}
