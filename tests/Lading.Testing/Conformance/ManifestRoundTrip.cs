using System.Net;
using System.Text.Json;
using Lading.Oci;
using Xunit;

namespace Lading.Testing.Conformance;

/// <summary>Pushes a set of manifests and blobs, and checks or deletes all of it.</summary>
internal static class ManifestRoundTrip
{
    /// <summary>Pushes a set, and checks that its tags and digests return the same bytes.</summary>
    public static async Task ReturnAsync(Wire wire, ManifestSet set)
    {
        await PushAllAsync(wire, set);
        await HasTagsAsync(wire, set);
        foreach (var manifest in set.Manifests)
        {
            await HasAsync(wire, manifest, manifest.Digest.ToString());
            await HasAsync(wire, manifest, manifest.Reference);
        }

        foreach (var blob in set.Blobs)
        {
            await wire.HasBlobAsync(Wire.DigestOf(blob, set.Algorithm), blob);
        }
    }

    /// <summary>Pushes a set, and checks the referrers of each subject.</summary>
    public static async Task ReferAsync(Wire wire, ManifestSet set)
    {
        await PushAllAsync(wire, set);
        foreach (var manifest in set.Manifests.Where(manifest => manifest.Subject is not null))
        {
            using var response = await wire.PutManifestAsync(manifest.Reference, manifest.Bytes, manifest.MediaType);
            Assert.Equal(manifest.Subject.ToString(), Wire.HeaderOf(response, "OCI-Subject"));
        }

        foreach (var subject in set.Manifests.Select(manifest => manifest.Subject).OfType<Digest>().Distinct())
        {
            await HasReferrersAsync(wire, set, subject);
        }
    }

    /// <summary>Pushes a set, and deletes its tags, manifests and blobs.</summary>
    public static async Task GoAsync(Wire wire, ManifestSet set)
    {
        await PushAllAsync(wire, set);
        await DeleteAsync(wire, set);
    }

    private static async Task PushAllAsync(Wire wire, ManifestSet set)
    {
        await PushBlobsAsync(wire, set);
        foreach (var manifest in set.Manifests)
        {
            await PushAsync(wire, manifest);
        }
    }

    public static async Task PushBlobsAsync(Wire wire, ManifestSet set)
    {
        foreach (var blob in set.Blobs)
        {
            using var response = await wire.FinishAsync(
                await wire.BeginAsync(),
                Wire.DigestOf(blob, set.Algorithm),
                blob
            );
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        }
    }

    public static async Task PushAsync(Wire wire, PushedManifest manifest)
    {
        using var response = await wire.PutManifestAsync(manifest.Reference, manifest.Bytes, manifest.MediaType);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        await HasAsync(wire, manifest, Wire.LocationOf(response));
    }

    private static async Task HasAsync(Wire wire, PushedManifest manifest, string reference)
    {
        var address = reference.Contains('/') ? reference : $"manifests/{reference}";
        using var head = await wire.SendAsync(HttpMethod.Head, address, null, ("Accept", manifest.MediaType));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(manifest.Bytes.Length, head.Content.Headers.ContentLength);
        Assert.Equal(manifest.Digest.ToString(), Wire.HeaderOf(head, "Docker-Content-Digest"));
        using var get = await wire.SendAsync(HttpMethod.Get, address, null, ("Accept", manifest.MediaType));
        Assert.Equal(HttpStatusCode.OK, get.StatusCode);
        Assert.Equal(manifest.MediaType, get.Content.Headers.ContentType?.MediaType);
        Assert.Equal(manifest.Bytes, await get.Content.ReadAsByteArrayAsync(Wire.Cancellation));
    }

    private static async Task HasTagsAsync(Wire wire, ManifestSet set)
    {
        var tags = set.Manifests.Select(manifest => manifest.Tag).OfType<string>().Order(StringComparer.Ordinal);
        if (!tags.Any())
        {
            return;
        }

        using var response = await wire.GetAsync("tags/list");
        using var list = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(Wire.Cancellation));
        Assert.Equal(
            tags,
            list.RootElement.GetProperty("tags")
                .EnumerateArray()
                .Select(tag => tag.GetString())
                .Order(StringComparer.Ordinal)
        );
    }

    private static async Task HasReferrersAsync(Wire wire, ManifestSet set, Digest subject)
    {
        var expected = set.Manifests.Where(manifest => manifest.Subject == subject).ToList();
        await HoldReferrersAsync(expected, "");
        foreach (var type in expected.Select(manifest => manifest.ArtifactType).Distinct())
        {
            var filter = $"?artifactType={Uri.EscapeDataString(type!)}";
            await HoldReferrersAsync(expected.Where(manifest => manifest.ArtifactType == type), filter);
        }

        async Task HoldReferrersAsync(IEnumerable<PushedManifest> manifests, string filter)
        {
            using var response = await wire.GetAsync($"referrers/{subject}{filter}");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            if (filter.Length > 0)
            {
                Assert.Equal("artifactType", Wire.HeaderOf(response, "OCI-Filters-Applied"));
            }

            var bytes = await response.Content.ReadAsByteArrayAsync(Wire.Cancellation);
            var listed = ManifestContent.Parse(bytes, MediaTypes.OciIndex).Children.ToDictionary(child => child.Digest);
            Assert.Equal(manifests.Select(manifest => manifest.Digest).ToHashSet(), listed.Keys.ToHashSet());
            foreach (var manifest in manifests)
            {
                var child = listed[manifest.Digest];
                Assert.Equal(manifest.MediaType, child.MediaType);
                Assert.Equal(manifest.Bytes.Length, child.Size);
                Assert.Equal(manifest.ArtifactType, child.ArtifactType);
                Assert.Equal(
                    manifest.Annotations ?? new Dictionary<string, string>(),
                    child.Annotations ?? new Dictionary<string, string>()
                );
            }
        }
    }

    private static async Task DeleteAsync(Wire wire, ManifestSet set)
    {
        foreach (var manifest in set.Manifests.Where(manifest => manifest.Tag is not null))
        {
            using var deleted = await wire.DeleteAsync($"manifests/{manifest.Tag}");
            Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
            await wire.LacksAsync($"manifests/{manifest.Tag}");
        }

        foreach (var manifest in set.Manifests.AsEnumerable().Reverse())
        {
            using var deleted = await wire.DeleteAsync($"manifests/{manifest.Digest}");
            Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
            await wire.LacksAsync($"manifests/{manifest.Digest}");
        }

        foreach (var blob in set.Blobs.Select(blob => Wire.DigestOf(blob, set.Algorithm)).Distinct())
        {
            using var deleted = await wire.DeleteAsync($"blobs/{blob}");
            Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
            await wire.LacksAsync($"blobs/{blob}");
        }
    }
}
