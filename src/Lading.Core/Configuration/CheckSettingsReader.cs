using System.Text.Json;
using Lading.Configuration.Json;
using Lading.Oci;

namespace Lading.Configuration;

/// <summary>Reads the setting <c>check</c>.</summary>
internal static class CheckSettingsReader
{
    private const string Accepted = "warn";
    private const string Refused = "fail";

    public static CheckSettings Read(Field field)
    {
        var fields = field.Object("what check accepts");
        var mutable = fields.Find("mutable");
        fields.RejectOthers();
        return mutable is null ? CheckSettings.Strict
            : mutable.Node.Kind == JsonValueKind.Object ? new CheckSettings { Accepted = [.. References(mutable)] }
            : new CheckSettings { AcceptsAll = mutable.Choice(Accepted, Refused) == Accepted };
    }

    private static IEnumerable<ImageReference> References(Field map)
    {
        foreach (var (name, value) in map.Entries())
        {
            var accepts = value.Choice(Accepted, Refused) == Accepted;
            if (!ImageReference.TryParse(name, out var reference) || reference.Digest is not null)
            {
                value.RejectKey(
                    "is not a reference with a tag",
                    "Write the image as the template names it, such as public.ecr.aws/datadog/agent:7; without a tag it means all of them."
                );
            }
            else if (accepts)
            {
                yield return reference;
            }
        }
    }
}
