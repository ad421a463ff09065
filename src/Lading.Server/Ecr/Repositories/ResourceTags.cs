using Lading.Layout;
using Lading.Oci;

namespace Lading.Server.Ecr.Repositories;

/// <summary>AWS resource tags of a repository: key and value.</summary>
internal static class ResourceTags
{
    private const int MaxTags = 50;

    /// <exception cref="EcrException">A key or a value is too long, or reserved.</exception>
    public static IReadOnlyDictionary<string, string> Read(IReadOnlyList<EcrRequestBody> tags)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in tags)
        {
            var key = tag.Text("Key");
            var value = tag.FindText("Value") ?? "";
            if (
                key.Length is 0 or > 128
                || value.Length > 256
                || key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)
            )
            {
                throw new EcrException(
                    "InvalidTagParameterException",
                    "A tag's key has 1 to 128 characters and does not begin with 'aws:', its value at most 256"
                );
            }

            read[key] = value;
        }

        return read.Count <= MaxTags ? read : throw TooMany();
    }

    /// <summary>A record with other tags.</summary>
    /// <exception cref="EcrException">There are too many.</exception>
    public static RepositoryRecord With(RepositoryRecord record, IReadOnlyDictionary<string, string> tags) =>
        tags.Count <= MaxTags ? record with { ResourceTags = tags.Count == 0 ? null : tags } : throw TooMany();

    /// <summary>The repository in an ARN; the region is ignored, since one registry answers for all.</summary>
    /// <exception cref="EcrException">It is not the ARN of a repository of this registry.</exception>
    public static RepositoryName RepositoryOf(EcrCall call)
    {
        const string Resource = "repository/";
        return
            Arn.TryParse(call.Input.Text("resourceArn"), out var arn)
            && arn.Service == "ecr"
            && arn.Account == call.Account
            && arn.Resource.StartsWith(Resource, StringComparison.Ordinal)
            ? EcrCall.NameOf(arn.Resource[Resource.Length..], "resourceArn")
            : throw EcrException.Invalid(
                "resourceArn",
                $"must be the ARN of a repository of the registry with id '{call.Account}'"
            );
    }

    private static EcrException TooMany() => new("TooManyTagsException", $"A repository has at most {MaxTags} tags");
}
