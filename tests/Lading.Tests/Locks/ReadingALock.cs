using System.Text;
using Lading.Locks;
using Lading.Oci;

namespace Lading.Tests.Locks;

public sealed class ReadingALock
{
    private const string Path = "/repo/.lading/dev.lock.json";

    [Fact]
    public void Every_field_is_read()
    {
        var result = Parse($$"""{ "lockVersion": 1, "environment": "dev", "images": { {{ALock.Web}} } }""");

        Assert.Equal("dev", result.Environment);
        var (name, image) = Assert.Single(result.Images);
        Assert.Equal("web", name);
        Assert.Equal("storefront/web", image.Repository);
        Assert.Equal("91bb1c1a91bb", image.Digest.Short);
        Assert.StartsWith("3f9a2c81", image.Fingerprint, StringComparison.Ordinal);
        Assert.StartsWith("4e1c0d2", image.Revision, StringComparison.Ordinal);
        Assert.Equal("linux/amd64", Assert.Single(image.Platforms).ToString());
        Assert.Equal(1, image.FingerprintVersion);
        Assert.Null(image.Manifests);
    }

    [Fact]
    public void Version_2_has_the_version_of_the_fingerprint_and_the_manifests_of_an_index()
    {
        var image = Parse2(
            $$"""{{Web2}}, "manifests": { "linux/arm64": "sha256:{{new string('b', 64)}}", "linux/amd64": "sha256:{{new string('a', 64)}}" }"""
        ).Images["web"];

        Assert.Equal(2, image.FingerprintVersion);
        Assert.Equal(["linux/amd64", "linux/arm64"], image.Manifests!.Keys.Select(each => each.ToString()));
        Assert.Equal(new string('b', 64), image.Manifests[Platform.LinuxArm64].Hex);
        Assert.Empty(Parse2(Web2).Images["web"].Manifests!);
        Assert.Null(Parse2($$"""{{Web2}}, "manifests": null""").Images["web"].Manifests);
    }

    [Theory]
    [InlineData(
        "\"fingerprintVersion\": 2",
        "\"fingerprintVersion\": 0",
        "fingerprintVersion is not a valid version number"
    )]
    [InlineData("\"fingerprintVersion\": 2", "\"manifests\": {}", "web has no fingerprintVersion")]
    [InlineData(
        "\"fingerprintVersion\": 2",
        "\"fingerprintVersion\": 2, \"manifests\": []",
        "manifests is not an object"
    )]
    [InlineData(
        "\"fingerprintVersion\": 2",
        "\"fingerprintVersion\": 2, \"manifests\": { \"amd64\": \"\" }",
        "amd64 in manifests is not a platform"
    )]
    [InlineData(
        "\"fingerprintVersion\": 2",
        "\"fingerprintVersion\": 2, \"manifests\": { \"linux/amd64\": \"x\" }",
        "linux/amd64 is not a valid digest"
    )]
    public void The_members_of_version_2_are_read_just_as_strictly(string from, string to, string message)
    {
        var image = Web2.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(Web2, image);

        Assert.Contains(
            message,
            Assert.Throws<LadingException>(() => Parse2(image)).CameBack,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("\"fingerprintVersion\": 1")]
    [InlineData("\"manifests\": {}")]
    public void Version_1_does_not_have_the_members_of_version_2(string addition)
    {
        var image = ALock.Web.Replace("\"revision\"", addition + ", \"revision\"", StringComparison.Ordinal);

        var exception = Assert.Throws<LadingException>(() =>
            Parse($$"""{ "lockVersion": 1, "environment": "dev", "images": { {{image}} } }""")
        );

        Assert.Contains("is unknown here", exception.CameBack, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/a b/dev.json", "--env … --lock \"/a b/dev.json\"")]
    [InlineData("pins/dev.json", "--env … --lock pins/dev.json")]
    [InlineData("/a b/dev.lock.json", "--env dev")]
    public void The_remedy_can_be_pasted_whatever_the_path(string path, string options)
    {
        Assert.Equal($"Run 'lading resolve {options}' to write it again.", LockReader.Remedy(path));
        Assert.StartsWith(
            $"Run 'lading publish {options}', or",
            LockReader.RemedyForMissing(path),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_image_may_name_no_platform()
    {
        var image = ALock.Web.Replace("\"linux/amd64\"", "", StringComparison.Ordinal);

        Assert.Empty(
            Parse($$"""{ "lockVersion": 1, "environment": "dev", "images": { {{image}} } }""").Images["web"].Platforms
        );
    }

    [Fact]
    public void A_revision_may_be_null()
    {
        var image = ALock.Web.Replace("\"4e1c0d24e1c0d24e1c0d24e1c0d24e1c0d24e1c0\"", "null", StringComparison.Ordinal);

        Assert.Null(
            Parse($$"""{ "lockVersion": 1, "environment": "dev", "images": { {{image}} } }""").Images["web"].Revision
        );
    }

    [Fact]
    public void The_order_of_keys_does_not_matter_and_platforms_are_sorted()
    {
        var image = ALock.Web.Replace(
            "\"linux/amd64\"",
            "\"linux/arm64/v8\", \"linux/amd64\"",
            StringComparison.Ordinal
        );

        var result = Parse($$"""{ "images": { {{image}} }, "environment": "dev", "lockVersion": 1 }""");

        Assert.Equal(["linux/amd64", "linux/arm64"], result.Images["web"].Platforms.Select(each => each.ToString()));
    }

    [Theory]
    [InlineData("", 1, "not JSON")]
    [InlineData("[]", 1, "the lock is not an object")]
    [InlineData("{}", 1, "lockVersion is missing")]
    [InlineData("""{ "lockVersion": "1" }""", 1, "lockVersion is not a valid version number")]
    [InlineData("{ \"lockVersion\": 1,\n \"images\": {} }", 2, "environment is missing")]
    [InlineData("{ \"lockVersion\": 1,\n \"environment\": \"dev\" }", 2, "images is missing")]
    [InlineData("{ \"lockVersion\": 1,\n \"environment\": \"\" }", 2, "environment is empty")]
    [InlineData("{ \"lockVersion\": 1,\n \"environment\": 7 }", 2, "environment is not a text")]
    [InlineData("{ \"lockVersion\": 1,\n\n \"stage\": \"dev\" }", 3, "stage is unknown here")]
    [InlineData("{ \"lockVersion\": 1,\n \"lockVersion\": 1 }", 2, "lockVersion is given twice")]
    [InlineData("{ \"lockVersion\": 1,\n \"images\": [] }", 2, "images is not an object")]
    [InlineData("{ \"lockVersion\": 1, \"environment\": \"dev\", \"images\": {} }\n}", 2, "not JSON")]
    [InlineData("{ \"lockVersion\": 1,\n // no comments\n}", 2, "not JSON")]
    public void Reports_a_mistake_with_its_line(string text, int line, string message)
    {
        var exception = Assert.Throws<LadingException>(() => Parse(text));

        Assert.Equal($"Could not read the lock {Path}, line {line}", exception.Attempted);
        Assert.Contains(message, exception.CameBack, StringComparison.Ordinal);
        Assert.Equal("Run 'lading resolve --env dev' to write it again.", exception.Remedy);
    }

    [Theory]
    [InlineData("\"storefront/web\"", "\"Storefront\"", "repository is not a valid repository name")]
    [InlineData("sha256:91bb", "sha256:", "digest is not a valid digest")]
    [InlineData("3f9a2c81\"", "\"", "fingerprint is not a valid fingerprint of 64 hex digits")]
    [InlineData("\"4e1c0d24e1c0d24e1c0d24e1c0d24e1c0d24e1c0\"", "\"HEAD\"", "revision is not a valid full commit hash")]
    [InlineData("\"linux/amd64\"", "\"amd64\"", "platforms is not a list of platforms such as linux/amd64")]
    [InlineData("\"revision\"", "\"commit\"", "commit is unknown here")]
    [InlineData("\"revision\"", "\"digest\"", "digest is given twice")]
    [InlineData("\"revision\": \"4e1c0d24e1c0d24e1c0d24e1c0d24e1c0d24e1c0\",", "", "web has no revision")]
    public void An_image_is_read_just_as_strictly(string from, string to, string message)
    {
        var image = ALock.Web.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(ALock.Web, image);

        var exception = Assert.Throws<LadingException>(() =>
            Parse($$"""{ "lockVersion": 1, "environment": "dev", "images": { {{image}} } }""")
        );

        Assert.Contains(message, exception.CameBack, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_of_a_later_version_names_the_newer_Lading_before_any_other_fault()
    {
        var exception = Assert.Throws<LadingException>(() => Parse("""{ "stacks": [{}], "lockVersion": 3 }"""));

        Assert.Contains("version 3, written by a newer Lading", exception.CameBack, StringComparison.Ordinal);
        Assert.Contains("Update Lading", exception.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_merge_conflict_is_an_error_with_a_way_out()
    {
        var exception = Assert.Throws<LadingException>(() =>
            Parse("{ \"lockVersion\": 1,\n<<<<<<< HEAD\n \"environment\": \"dev\"\n=======\n")
        );

        Assert.Equal(
            $"Could not read the lock {Path}, line 2: it is not JSON. Run 'lading resolve --env dev' to write it again.",
            exception.Message
        );
    }

    [Fact]
    public void Text_that_is_not_UTF_8_is_an_error()
    {
        byte[] bytes = [.. "{ \"lockVersion\": 1, \"environment\": \""u8, 0xC3, 0x28, .. "\", \"images\": {} }"u8];

        var exception = Assert.Throws<LadingException>(() => LockReader.Parse(bytes, Path));

        Assert.Contains("not UTF-8", exception.CameBack, StringComparison.Ordinal);
    }

    private static string Web2 =>
        ALock.Web[..^1].Replace("\"revision\"", "\"fingerprintVersion\": 2, \"revision\"", StringComparison.Ordinal);

    private static ImageLock Parse2(string image) =>
        Parse($$"""{ "lockVersion": 2, "environment": "dev", "images": { {{image}} } } }""");

    private static ImageLock Parse(string text) => LockReader.Parse(Encoding.UTF8.GetBytes(text), Path);
}
