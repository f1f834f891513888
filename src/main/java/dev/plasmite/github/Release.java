package dev.plasmite.github;

import java.util.List;
import java.util.Optional;

/**
 * A GitHub release, draft or published.
 *
 * @param id its id, which never changes; a draft has no address by tag
 * @param tag the tag's name
 * @param target what GitHub would tag when the tag is not there: a branch or a commit
 * @param name its title; empty for none
 * @param body its notes, Markdown; empty for none
 * @param draft whether only maintainers see it
 * @param prerelease whether it is marked as no final release
 * @param uploadUrl where assets are sent, without the template
 * @param url its page, for people
 * @param assets its files
 * @param immutable whether GitHub lets nobody change it any more, its files and its tag included
 */
public record Release(
    long id,
    String tag,
    String target,
    String name,
    String body,
    boolean draft,
    boolean prerelease,
    String uploadUrl,
    String url,
    List<Asset> assets,
    boolean immutable) {

  public Release {
    assets = List.copyOf(assets);
  }

  /** One that can still be changed. */
  public Release(
      long id, String tag, String target, String name, String body, boolean draft, boolean prerelease, String uploadUrl,
      String url, List<Asset> assets) {
    this(id, tag, target, name, body, draft, prerelease, uploadUrl, url, assets, false);
  }

  /** The file of a name. */
  public Optional<Asset> asset(String file) {
    return assets.stream().filter(asset -> asset.name().equals(file)).findFirst();
  }

  /**
   * One file of a release.
   *
   * @param id its id
   * @param name its file name, as GitHub kept it
   * @param state {@code uploaded}; anything else is not usable, such as {@code starter} after a broken upload
   * @param size in bytes
   * @param sha256 hex digest as GitHub states it; empty when it states none
   * @param downloadUrl where users fetch it
   */
  public record Asset(long id, String name, String state, long size, String sha256, String downloadUrl) {

    /** Whether it is there as a whole. */
    public boolean uploaded() {
      return state.equals("uploaded");
    }

    /** Whether it is what GitHub keeps of an upload that broke off: no file, only its name, to be removed. */
    public boolean brokenOff() {
      return state.equals("starter");
    }
  }

  /**
   * What a release is to be.
   *
   * @param tag the tag's name
   * @param target the commit, for the case that the tag is not there
   * @param name its title
   * @param body its notes, Markdown
   * @param draft whether only maintainers see it
   * @param prerelease whether it is marked as no final release
   */
  public record Wanted(String tag, String target, String name, String body, boolean draft, boolean prerelease) {}
}
