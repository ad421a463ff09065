using Lading.Records;

namespace Lading.Testing.Cloud.Stacks;

/// <summary>The text of a stack's record, as Lading's constructs write it.</summary>
internal static class StackRecordText
{
    public static string Of(StackPlan plan)
    {
        var images = plan
            .Services.SelectMany(service => service.Value.Images.Select(image => (service.Key, image)))
            .GroupBy(each => each.image.Value)
            .ToDictionary(
                group => group.Key.Split('@', ':')[0].Split('/')[^1],
                group => new RecordedImage(
                    group.Key[(group.Key.IndexOf('/', StringComparison.Ordinal) + 1)..],
                    [.. group.Select(each => $"{StackPlan.DefinitionOf(each.Key)}/{each.image.Key}")]
                ),
                StringComparer.Ordinal
            );
        return RecordWriter.Write(new StackRecord("prod", images)).Single();
    }
}
