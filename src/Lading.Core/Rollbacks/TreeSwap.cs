using System.Security.Cryptography;
using System.Text;
using Lading.Records;
using Lading.Running;

namespace Lading.Rollbacks;

/// <summary>
/// The templates of a stack and its nested stacks with some images replaced. Nested templates are written to the bootstrap's bucket,
/// and their parents point there.
/// </summary>
internal sealed class TreeSwap
{
    // The limits in bytes of CreateChangeSet for TemplateBody and for templates in a bucket (CloudFormation quotas).
    private const int MaximumInline = 51_200;
    private const int MaximumInBucket = 1_000_000;

    private readonly Dictionary<string, TemplateSwap> swaps = new(StringComparer.Ordinal);
    private readonly List<TemplateUpload> uploads = [];
    private readonly List<string> obstacles = [];

    private TreeSwap() { }

    /// <summary>The replaced values of each stack, by its ARN.</summary>
    public IReadOnlyDictionary<string, TemplateSwap> Swaps => swaps;

    /// <summary>The templates to write to the bucket first.</summary>
    public IReadOnlyList<TemplateUpload> Uploads => uploads;

    /// <summary>Why the templates cannot be deployed, each as part of a sentence.</summary>
    public IReadOnlyList<string> Obstacles => obstacles;

    /// <summary>The text of the top-level stack's template.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The URL of that text; null if it is short enough to be passed directly.</summary>
    public string? Address { get; private set; }

    /// <summary>Replaces images in all templates.</summary>
    /// <param name="templates">The deployed templates, each parent before its nested stacks.</param>
    /// <param name="images">Containers and their new images.</param>
    /// <param name="record">The new value of the record; null for a stack without one.</param>
    /// <param name="counts">Task counts that services keep.</param>
    /// <param name="bootstrap">The stack's bootstrap, with the bucket; null if it is unknown.</param>
    public static TreeSwap Of(
        IReadOnlyList<DeployedTemplate> templates,
        IReadOnlyList<ImageSwap> images,
        StackRecord? record,
        IReadOnlyList<TaskCount> counts,
        Bootstrap? bootstrap
    )
    {
        var result = new TreeSwap();
        var moved = new Dictionary<string, List<(string LogicalId, string Key)>>(StringComparer.Ordinal);
        foreach (var template in templates.Reverse())
        {
            var id = template.Stack.Id;
            var swap = TemplateSwap.Of(
                template.Text,
                [.. images.Where(image => image.Container.Stack.Stack.Id == id)],
                templates[0].Stack.Name,
                template == templates[0] ? record : null,
                counts.Where(count => count.StackId == id).ToDictionary(each => each.Service, each => each.Running)
            );
            foreach (var (logicalId, key) in moved.GetValueOrDefault(id) ?? [])
            {
                var nested = templates.First(each => each.LogicalId == logicalId && each.Stack.ParentId == id);
                swap.Move(logicalId, nested.Address, bootstrap!, key);
            }

            result.swaps.Add(id, swap);
            result.obstacles.AddRange(swap.Refused.Select(note => $"{note.Use}: {note.Reason}"));
            if (template != templates[0] && result.Place(template, swap, bootstrap) is { } place)
            {
                moved.TryAdd(template.Stack.ParentId!, []);
                moved[template.Stack.ParentId!].Add((template.LogicalId, place));
            }
        }

        result.Finish(templates[0], bootstrap);
        return result;
    }

    /// <summary>The new key of a nested template in the bucket; null if it stays at its old URL.</summary>
    private string? Place(DeployedTemplate template, TemplateSwap swap, Bootstrap? bootstrap)
    {
        var isChanged = swap.Properties.Count > 0;
        if (!isChanged && (template.IsThere || template.Unread is not null))
        {
            return null;
        }

        if (bootstrap is null)
        {
            obstacles.Add(NoBucket($"the template of {template.LogicalId}"));
            return null;
        }

        // A template that was deleted is restored at its old URL; an object that somebody wrote there is not
        // overwritten.
        var isRestored = !isChanged && template.IsGone && template.Address?.Bucket == bootstrap.Bucket;
        var key = isRestored ? template.Address!.Key : KeyOf(swap.Text);
        if (!isRestored && template.Address is { } taken && taken.Bucket == bootstrap.Bucket && taken.Key == key)
        {
            key = $"lading-{key}";
        }

        Upload(new TemplateUpload(key, swap.Text), template.LogicalId);
        return isRestored ? null : key;
    }

    private void Finish(DeployedTemplate top, Bootstrap? bootstrap)
    {
        Text = swaps[top.Stack.Id].Text;
        if (Encoding.UTF8.GetByteCount(Text) <= MaximumInline)
        {
            return;
        }

        if (bootstrap is null)
        {
            obstacles.Add(NoBucket("the template, of more than 51,200 bytes,"));
            return;
        }

        var key = KeyOf(Text);
        Upload(new TemplateUpload(key, Text), top.Stack.Name);
        Address = bootstrap.AddressOf(key);
    }

    private void Upload(TemplateUpload upload, string name)
    {
        if (Encoding.UTF8.GetByteCount(upload.Text) > MaximumInBucket)
        {
            obstacles.Add($"the template of {name} would have more than 1 MB, which CloudFormation does not take");
        }

        uploads.Add(upload);
    }

    private static string NoBucket(string what) =>
        $"{what} has to be in a bucket, and neither the stack's role nor its parameter BootstrapVersion tells of one: git revert, then lading deploy";

    /// <summary>The same text always has the same key.</summary>
    private static string KeyOf(string text) =>
        $"{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant()}.json";
}
